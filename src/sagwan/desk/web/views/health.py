"""The health check: does the database answer, and is its schema this version's?"""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from sagwan.desk.web.gate import Door, allowed


@allowed(Door.PUBLIC)
def health(request: HttpRequest) -> JsonResponse:
    """200 `{"status": "ok"}`, or 503 with what is wrong."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        return JsonResponse({"status": "schema is older than the program: run sagwan upgrade"}, status=503)
    return JsonResponse({"status": "ok"})
