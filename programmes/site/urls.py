"""The addresses of the public site; they are quoted in print, so they never change."""

from django.contrib.sitemaps import views as sitemap_views
from django.urls import path

from programmes.site import feeds
from programmes.site.api.application import urls as api_urls
from programmes.site.callers import ALERT_FORMS, EXPORTS, SEARCHES, SUGGESTIONS, limited
from programmes.site.sitemaps import SITEMAPS
from programmes.site.views import (
    alerts,
    browse,
    changes,
    compare,
    coverage,
    data,
    embeds,
    home,
    pages,
    places,
    pledge,
    programme,
    programme_files,
    quotes,
    search,
    search_files,
    section,
    source,
    suggestions,
    themes,
)
from programmes.site.views import api as api_views

urlpatterns = [
    path("", home.home, name="home"),
    path("sok/", limited(SEARCHES)(search.search_page), name="search"),
    path("sok/forslag/", limited(SUGGESTIONS)(suggestions.search_suggestions), name="search_suggestions"),
    path("sok.csv", limited(EXPORTS)(search_files.search_csv), name="search_csv"),
    path("sok.xlsx", limited(EXPORTS)(search_files.search_xlsx), name="search_xlsx"),
    path("sok.atom", limited(SEARCHES)(feeds.search_feed), name="search_feed"),
    path("partier/<slug:party>.atom", limited(SEARCHES)(feeds.party_feed), name="party_feed"),
    path("lag/<slug:party>/<slug:branch>.atom", limited(SEARCHES)(feeds.branch_feed), name="branch_feed"),
    path("tema/<slug:theme>.atom", limited(SEARCHES)(feeds.theme_feed), name="theme_feed"),
    path("sted/<slug:place>.atom", limited(SEARCHES)(feeds.place_feed), name="place_feed"),
    path("varsel/", limited(ALERT_FORMS)(alerts.follow), name="follow"),
    path("varsel/sendt/", alerts.asked, name="alert_asked"),
    path("varsel/bekreft/<str:token>/", alerts.confirm, name="alert_confirm"),
    path("varsel/slutt/<str:key>/", alerts.leave, name="alert_leave"),
    path("sok.json", limited(EXPORTS)(search_files.search_json), name="search_json"),
    path("sammenlign/", limited(SEARCHES)(compare.compare), name="compare"),
    path("sammenlign/kort/", limited(SEARCHES)(embeds.compare_card), name="compare_card"),
    path("sammenlign.csv", limited(EXPORTS)(compare.compare_csv), name="compare_csv"),
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
    path("program/<slug:party>/<slug:branch>/<slug:programme>/original/", source.original, name="original"),
    path(
        "program/<slug:party>/<slug:branch>/<slug:programme>/original/vis/",
        source.original_shown,
        name="original_shown",
    ),
    path(
        "program/<slug:party>/<slug:branch>/<slug:programme>/original/side-<int:page>.webp",
        source.page_picture,
        name="source_page",
    ),
    *(
        path(
            f"program/<slug:party>/<slug:branch>/<slug:programme>.{ending}",
            limited(EXPORTS)(programme_files.taken_along),
            {"ending": ending},
            name=f"programme_{ending}",
        )
        for ending in programme_files.FORMATS
    ),
    path("program/<slug:party>/<slug:branch>/<slug:programme>/<slug:section>/", section.section, name="section"),
    path("endringer/<slug:party>/<slug:branch>/<slug:programme>/", changes.changes, name="changes"),
    *(
        path(
            f"endringer/<slug:party>/<slug:branch>/<slug:programme>.{ending}",
            limited(EXPORTS)(changes.changes_file),
            {"ending": ending},
            name=f"changes_{ending}",
        )
        for ending in ("csv", "xlsx")
    ),
    path("kapittel/<slug:public_id>/", section.chapter, name="chapter"),
    path("lofte/<slug:public_id>/", pledge.pledge, name="pledge"),
    path("lofte/<slug:public_id>/bilde.png", limited(SEARCHES)(pledge.share), name="share_picture"),
    path("lofte/<slug:public_id>/kort/", embeds.pledge_card, name="pledge_card"),
    path("avsnitt/<slug:public_id>/", pledge.pledge, name="passage"),
    path("avsnitt/<slug:public_id>/kort/", embeds.pledge_card, name="passage_card"),
    path("oembed/", limited(SEARCHES)(embeds.oembed), name="oembed"),
    path("sitatsjekk/", limited(SEARCHES)(quotes.quote_check), name="quote_check"),
    path("dekning/", coverage.coverage_page, name="coverage"),
    path("data/", data.data_page, name="data"),
    path("data/<str:name>", limited(EXPORTS)(data.data_file), name="data_file"),
    path("datasett.ttl", limited(SEARCHES)(data.data_catalogue), name="data_catalogue"),
    path("llms.txt", data.llms, name="llms"),
    path("opensearch.xml", data.opensearch, name="opensearch"),
    path("om/", pages.about, name="about"),
    path("hjelp/", pages.help_page, name="help"),
    path("tilgjengelighet/", pages.accessibility, name="accessibility"),
    path("om/kvalitet/", pages.quality, name="quality"),
    path("personvern/", pages.privacy, name="privacy"),
    path("helse/", pages.health, name="health"),
    path("robots.txt", pages.robots, name="robots"),
    path(
        "sitemap.xml", sitemap_views.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_part"}, name="sitemap"
    ),
    path("sitemap-<section>.xml", sitemap_views.sitemap, {"sitemaps": SITEMAPS}, name="sitemap_part"),
    path("api/v1/", api_views.api_page, name="api"),
    path("api/v1/prov/", api_views.try_operation, name="api_try"),
    path("api/v1/openapi.json", api_views.openapi, name="openapi"),
    path("api/v1/", api_urls),
    path("sprak/", pages.set_language, name="set_language"),
]
