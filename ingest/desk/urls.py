"""The addresses of the desk."""

from django.urls import path

from ingest.desk.transitions import TRANSITIONS
from ingest.desk.views import (
    compare,
    confirm_many,
    corrections,
    doubts,
    facts,
    login,
    overview,
    passwords,
    programmes,
    publication,
    readiness,
    second_step,
    uploads,
    users,
)
from programmes.site.callers import LOGINS, PASSWORD_LINKS, limited

urlpatterns = [
    path("", overview.desk, name="desk"),
    path("logg-inn/", limited(LOGINS)(login.login), name="login"),
    path("logg-inn/kode/", limited(LOGINS)(login.code), name="login_code"),
    path("logg-ut/", login.logout, name="logout"),
    path("passord/", passwords.change, name="password_change"),
    path("nytt-passord/", limited(PASSWORD_LINKS)(passwords.ask), name="password_reset"),
    path("nytt-passord/sendt/", passwords.asked, name="password_reset_done"),
    path("nytt-passord/<uidb64>/<token>/", passwords.choose, name="password_reset_confirm"),
    path("totrinn/", second_step.second_step, name="second_step"),
    path("totrinn/sett-opp/", limited(LOGINS)(second_step.set_up), name="second_step_set_up"),
    path("totrinn/koder/", second_step.recovery_codes, name="second_step_codes"),
    path("totrinn/slaa-av/", second_step.turn_off, name="second_step_off"),
    path("opplasting/", uploads.upload_list, name="upload_list"),
    path("opplasting/samlet/", confirm_many.upload_many, name="upload_many"),
    path("opplasting/<int:pk>/", uploads.upload, name="upload"),
    path("opplasting/<int:pk>/sammenlign/", compare.compare_upload, name="upload_compare"),
    path("opplasting/<int:pk>/status/", uploads.upload_status, name="upload_status"),
    path("opplasting/<int:pk>/avbryt/", uploads.upload_cancel, name="upload_cancel"),
    path("opplasting/<int:pk>/igjen/", uploads.upload_retry, name="upload_retry"),
    path("opplasting/<int:pk>/fil/", uploads.upload_file, name="upload_file"),
    path("oppslag/<slug:what>/", uploads.lookup, name="desk_lookup"),
    path("program/<int:pk>/", corrections.preview, name="desk_programme"),
    path("program/<int:pk>/sider/<int:page>/", corrections.page_picture, name="desk_page"),
    path("program/<int:pk>/rett/", corrections.correct, name="desk_correct"),
    path("program/<int:pk>/historikk/", corrections.history, name="desk_history"),
    path("program/<int:pk>/historikk/<int:correction>/angre/", corrections.undo, name="desk_undo"),
    path("program/<int:pk>/tvil/", doubts.answer, name="desk_answer"),
    path("program/<int:pk>/tvil/<int:answer>/angre/", doubts.undo, name="desk_answer_undo"),
    path("program/<int:pk>/opplysninger/", facts.facts, name="desk_facts"),
    path("program/<int:pk>/sammenlign/", compare.compare_programme, name="desk_compare"),
    path("program/<int:pk>/utgaver/", programmes.editions, name="desk_editions"),
    path("program/", programmes.programme_list, name="desk_programmes"),
    path("program/samlet/", publication.many, name="desk_many"),
    *(
        path(f"program/<int:pk>/{each.slug}/", publication.transition_view(each), name=f"desk_{each.action}")
        for each in TRANSITIONS
    ),
    path("dekning/", programmes.coverage, name="desk_coverage"),
    path("drift/", readiness.operation, name="desk_operation"),
    path("logg/", overview.log, name="desk_log"),
    path("brukere/", users.user_list, name="desk_users"),
    path("brukere/ny/", users.user_new, name="desk_user_new"),
    path("brukere/<int:pk>/", users.user, name="desk_user"),
    path("brukere/<int:pk>/lag/", users.user_branches, name="desk_user_branches"),
    path("brukere/<int:pk>/passord/", users.user_password, name="desk_user_password"),
    path("brukere/<int:pk>/totrinn/", users.user_second_step, name="desk_user_second_step"),
]
