"""What Prometheus fetches: the counters of all web processes, and what the installation needs as it is now."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django_prometheus.middleware import PrometheusAfterMiddleware
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Metric, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from ingest.readiness import findings
from programmes.site.body_limit import LARGEST_LENGTH
from programmes.site.numbers import whole_number

FIGURES = {
    "disk": ("programarkivet_disk_free_bytes", "Free space of the data folder."),
    "søkeindeks": ("programarkivet_index_owed_programmes", "Programmes that the search index must be made right for."),
    "kø": ("programarkivet_queue_oldest_seconds", "How long the oldest unread upload has waited."),
    "arbeider": ("programarkivet_worker_heartbeat_age_seconds", "Since a worker last gave a sign of life."),
    "replikaer": ("programarkivet_replica_lag_seconds", "How far behind the farthest replica is."),
}
"""The figure of a finding → the name of its gauge, and what it means."""


class BoundedMiddleware(PrometheusAfterMiddleware):
    """Counts requests by view and method; a method that a caller made up makes no series of its own."""

    def process_request(self, request: HttpRequest) -> None:
        """Count a request. Raises `RequestDataTooBig` for a length that is no number, which the library believes in."""
        if whole_number(request.META.get("CONTENT_LENGTH") or "0", default=-1, most=LARGEST_LENGTH) < 0:
            raise RequestDataTooBig("the length is no number")
        super().process_request(request)

    def label_metric(self, metric: Any, request: HttpRequest, response: Any = None, **labels: str) -> Any:
        """Return the series of a metric."""
        if "method" in labels:
            labels["method"] = self._method(request)
        return super().label_metric(metric, request, response, **labels)


class Installation(Collector):
    """What `ingest.readiness` finds, when Prometheus asks."""

    def collect(self) -> Iterable[Metric]:
        """Yield a gauge for each figure, and whether each thing is as it should be."""
        is_ok = GaugeMetricFamily("programarkivet_ok", "Whether a thing is as it should be.", labels=["what"])
        for finding in findings():
            is_ok.add_metric([finding.name], float(finding.is_ready))
            if finding.name in FIGURES and finding.value is not None:
                yield GaugeMetricFamily(*FIGURES[finding.name], value=finding.value)
        yield is_ok


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer who has the token; to all others, and where no token is set, nothing stands here."""
    given = request.headers.get("Authorization", "")
    if not settings.METRICS_TOKEN or not constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}"):
        raise Http404
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:  # as gunicorn has it: each process writes to files of its own there
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    now = CollectorRegistry()
    now.register(Installation())
    return HttpResponse(generate_latest(registry) + generate_latest(now), content_type=CONTENT_TYPE_LATEST)
