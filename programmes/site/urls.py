"""The addresses of the public site; they are quoted in print, so they never change."""

from django.contrib.sitemaps import views as sitemap_views
from django.urls import path

from programmes.site import feeds
from programmes.site.callers import EXPORTS, SEARCHES, SUGGESTIONS, limited
from programmes.site.sitemaps import SITEMAPS
from programmes.site.views import (
    browse,
    coverage,
    home,
    pages,
    places,
    pledge,
    programme,
    search,
    search_files,
    suggestions,
    themes,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("sok/", limited(SEARCHES)(search.search_page), name="search"),
    path("sok/forslag/", limited(SUGGESTIONS)(suggestions.search_suggestions), name="search_suggestions"),
    path("sok.csv", limited(EXPORTS)(search_files.search_csv), name="search_csv"),
    path("sok.xlsx", limited(EXPORTS)(search_files.search_xlsx), name="search_xlsx"),
    path("sok.atom", limited(SEARCHES)(feeds.SearchFeed().__call__), name="search_feed"),
    path("sok.json", limited(EXPORTS)(search_files.search_json), name="search_json"),
    path("partier/", browse.party_list, name="party_list"),
    path("partier/<slug:party>/", browse.party, name="party"),
    path("lag/", limited(SEARCHES)(browse.branch_list), name="branch_list"),
    path("lag/<slug:party>/<slug:branch>/", browse.branch, name="branch"),
    path("sted/", limited(SEARCHES)(places.place_list), name="place_list"),
    path("sted/<slug:place>/", places.place, name="place"),
    path("aar/", browse.year_list, name="year_list"),
    path("aar/<int:year>/", browse.year, name="year"),
    path("tema/", themes.theme_list, name="theme_list"),
    path("tema/<slug:theme>/", themes.theme, name="theme"),
    path("program/<slug:party>/<slug:branch>/<slug:programme>/", programme.programme, name="programme"),
    path("program/<slug:party>/<slug:branch>/<slug:programme>/original/", programme.original, name="original"),
    path("program/<slug:party>/<slug:branch>/<slug:programme>/<slug:section>/", programme.section, name="section"),
    path("kapittel/<slug:public_id>/", programme.chapter, name="chapter"),
    path("lofte/<slug:public_id>/", pledge.pledge, name="pledge"),
    path("avsnitt/<slug:public_id>/", pledge.pledge, name="passage"),
    path("dekning/", coverage.coverage_page, name="coverage"),
    path("om/", pages.about, name="about"),
    path("hjelp/", pages.help_page, name="help"),
    path("tilgjengelighet/", pages.accessibility, name="accessibility"),
    path("om/kvalitet/", pages.quality, name="quality"),
    path("helse/", pages.health, name="health"),
    path("robots.txt", pages.robots, name="robots"),
    path(
        "sitemap.xml", sitemap_views.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_part"}, name="sitemap"
    ),
    path("sitemap-<section>.xml", sitemap_views.sitemap, {"sitemaps": SITEMAPS}, name="sitemap_part"),
    path("sprak/", pages.set_language, name="set_language"),
]
