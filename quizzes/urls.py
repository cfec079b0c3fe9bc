from django.urls import path

from quizzes.views import attempts, entry, joining

urlpatterns = [
    path("bai-cua-toi/", entry.mine, name="my-contests"),
    path("bai-thi/<uuid:uuid>/", attempts.page, name="attempt"),
    path("bai-thi/<uuid:uuid>/luu/", attempts.save, name="attempt-save"),
    path("bai-thi/<uuid:uuid>/kiem-tra/", attempts.check, name="attempt-check"),
    path("bai-thi/<uuid:uuid>/nop/", attempts.submit, name="attempt-submit"),
    path("bai-thi/<uuid:uuid>/bien-nhan/", attempts.receipt, name="receipt"),
    path("<slug:slug>/tham-gia/", joining.join, name="join"),
    path("<slug:slug>/vong/<int:number>/", attempts.start, name="round-start"),
]
