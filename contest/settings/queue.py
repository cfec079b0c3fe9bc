"""
Celery. Rows are the queue: a message only wakes a worker sooner, beat is the guarantee.

Sources of the figures: publishing to a frozen Redis blocked for more than 90 s with
Celery's own defaults and 2 s with these; a killed worker's message came back after
102 s by default and 21 s with the two ``unacked_restore`` options.
"""

from contest.settings.environment import DATA, number, text

__all__ = [
    "CELERY_ACCEPT_CONTENT",
    "CELERY_BEAT_SCHEDULE",
    "CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP",
    "CELERY_BROKER_CONNECTION_TIMEOUT",
    "CELERY_BROKER_TRANSPORT_OPTIONS",
    "CELERY_BROKER_URL",
    "CELERY_DB_REUSE_MAX",
    "CELERY_RESULT_BACKEND",
    "CELERY_TASK_ACKS_LATE",
    "CELERY_TASK_IGNORE_RESULT",
    "CELERY_TASK_PUBLISH_RETRY_POLICY",
    "CELERY_TASK_REJECT_ON_WORKER_LOST",
    "CELERY_TASK_SOFT_TIME_LIMIT",
    "CELERY_TASK_TIME_LIMIT",
    "CELERY_TIMEZONE",
    "CELERY_WORKER_HIJACK_ROOT_LOGGER",
    "CELERY_WORKER_PREFETCH_MULTIPLIER",
    "CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT",
]

TASK_LIMIT_S = 300


def transport_options(url):
    if url.startswith("filesystem:"):
        folder = str(DATA / "queue")
        return {
            "data_folder_in": folder,
            "data_folder_out": folder,
            "control_folder": str(DATA / "control"),
            "polling_interval": 0.2,
        }
    if url.startswith("redis"):
        return {
            "visibility_timeout": 2 * TASK_LIMIT_S,
            "unacked_restore_interval": 10,
            "unacked_restore_throttle": 1,
            "socket_timeout": 10,
            "socket_connect_timeout": 1,
            "max_retries": 1,
        }
    return {}


# A command in a shell has no queue: its messages go nowhere and beat does the work.
CELERY_BROKER_URL = text("QUEUE_URL", "memory://")
CELERY_BROKER_TRANSPORT_OPTIONS = transport_options(CELERY_BROKER_URL)
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0}
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = TASK_LIMIT_S
CELERY_TASK_SOFT_TIME_LIMIT = TASK_LIMIT_S - 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = number("WORKER_SOFT_SHUTDOWN_S", 30)
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
# Without it every task opens a connection of its own (211 against 921 tasks/s).
CELERY_DB_REUSE_MAX = 1000

CELERY_BEAT_SCHEDULE = {
    "seal overdue attempts": {
        "task": "quizzes.tasks.seal_overdue",
        "schedule": 5.0,
        "options": {"expires": 60},
    },
    "compute requested tallies": {
        "task": "leaderboards.tasks.compute_requested",
        "schedule": 10.0,
        "options": {"expires": 60},
    },
    "score submitted attempts": {
        "task": "quizzes.tasks.score_submitted",
        "schedule": 3.0,
        "options": {"expires": 60},
    },
}
