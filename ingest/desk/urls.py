"""The addresses of the desk."""

from django.urls import path

from . import upload_views

urlpatterns = [
    path("opplasting/", upload_views.upload_list, name="upload_list"),
    path("opplasting/<int:pk>/", upload_views.upload, name="upload"),
    path("opplasting/<int:pk>/status/", upload_views.upload_status, name="upload_status"),
    path("opplasting/<int:pk>/avbryt/", upload_views.upload_cancel, name="upload_cancel"),
    path("opplasting/<int:pk>/igjen/", upload_views.upload_retry, name="upload_retry"),
    path("opplasting/<int:pk>/fil/", upload_views.upload_file, name="upload_file"),
    path("oppslag/<slug:what>/", upload_views.lookup, name="desk_lookup"),
]
