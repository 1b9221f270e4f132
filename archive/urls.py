"""The addresses of the whole site."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("redaksjon/", include("ingest.desk.urls")),
    path("", include("programmes.urls")),
]

handler400 = "programmes.views.pages.bad_request"
handler403 = "programmes.views.pages.forbidden"
handler404 = "programmes.views.pages.not_found"
handler500 = "programmes.views.pages.server_error"
