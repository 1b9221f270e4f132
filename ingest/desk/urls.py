"""The addresses of the desk."""

from django.urls import path

from . import correction_views, edition_views, upload_views

urlpatterns = [
    path("opplasting/", upload_views.upload_list, name="upload_list"),
    path("opplasting/<int:pk>/", upload_views.upload, name="upload"),
    path("opplasting/<int:pk>/status/", upload_views.upload_status, name="upload_status"),
    path("opplasting/<int:pk>/avbryt/", upload_views.upload_cancel, name="upload_cancel"),
    path("opplasting/<int:pk>/igjen/", upload_views.upload_retry, name="upload_retry"),
    path("opplasting/<int:pk>/fil/", upload_views.upload_file, name="upload_file"),
    path("oppslag/<slug:what>/", upload_views.lookup, name="desk_lookup"),
    path("program/<int:pk>/", correction_views.preview, name="desk_programme"),
    path("program/<int:pk>/sider/<int:page>/", correction_views.page_picture, name="desk_page"),
    path("program/<int:pk>/rett/", correction_views.correct, name="desk_correct"),
    path("program/<int:pk>/historikk/", correction_views.history, name="desk_history"),
    path("program/<int:pk>/historikk/<int:correction>/angre/", correction_views.undo, name="desk_undo"),
    path("program/<int:pk>/utgaver/", edition_views.editions, name="desk_editions"),
]
