"""The addresses of the desk."""

from django.urls import path

from ingest.desk.transitions import TRANSITIONS
from ingest.desk.views import corrections as correction_views
from ingest.desk.views import coverage as coverage_views
from ingest.desk.views import editions as edition_views
from ingest.desk.views import login, overview, programme_list
from ingest.desk.views import publication as publication_views
from ingest.desk.views import uploads as upload_views
from ingest.desk.views import users as user_views

urlpatterns = [
    path("", overview.desk, name="desk"),
    path("logg-inn/", login.login, name="login"),
    path("logg-ut/", login.logout, name="logout"),
    path("passord/", login.password_change, name="password_change"),
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
    path("program/", programme_list.programme_list, name="desk_programmes"),
    path("program/samlet/", publication_views.many, name="desk_many"),
    *(
        path(f"program/<int:pk>/{each.slug}/", publication_views.transition_view(each), name=f"desk_{each.action}")
        for each in TRANSITIONS
    ),
    path("dekning/", coverage_views.coverage, name="desk_coverage"),
    path("logg/", overview.log, name="desk_log"),
    path("brukere/", user_views.user_list, name="desk_users"),
    path("brukere/ny/", user_views.user_new, name="desk_user_new"),
    path("brukere/<int:pk>/", user_views.user, name="desk_user"),
    path("brukere/<int:pk>/lag/", user_views.user_branches, name="desk_user_branches"),
    path("brukere/<int:pk>/passord/", user_views.user_password, name="desk_user_password"),
]
