"""The addresses of the whole site."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from archive.metrics import metrics
from ingest.desk.views.readiness import ready

admin.autodiscover()  # here, and not as soon as Django starts: a command that shows no page needs none of it

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("redaksjon/", include("ingest.desk.urls")),
    path("helse/klar", ready, name="ready"),
    path("metrics", metrics, name="metrics"),
    path("", include("programmes.site.urls")),
]

handler400 = "programmes.site.views.pages.bad_request"
handler403 = "programmes.site.views.pages.forbidden"
handler404 = "programmes.site.views.pages.not_found"
handler500 = "programmes.site.views.pages.server_error"
