"""What an operator's collector gets of a host: spans and counts, in memory."""

from __future__ import annotations

from typing import Any

from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from detente.depositary import telemetry


class Collected:
    def __init__(self) -> None:
        self._spans, self._reader = InMemorySpanExporter(), InMemoryMetricReader()
        traces, self.meters = TracerProvider(), MeterProvider([self._reader])
        traces.add_span_processor(SimpleSpanProcessor(self._spans))
        self.instruments = telemetry.Instruments(traces, self.meters)

    def spans(self, name: str) -> list[ReadableSpan]:
        return [span for span in self._spans.get_finished_spans() if span.name == name]

    def points(self, name: str) -> list[Any]:
        data = self._reader.get_metrics_data()
        metrics = (
            [m for r in data.resource_metrics for s in r.scope_metrics for m in s.metrics] if data else []
        )
        return [point for metric in metrics if metric.name == name for point in metric.data.data_points]

    def everything(self) -> bytes:
        data = self._reader.get_metrics_data()
        return "".join(
            [*(span.to_json() for span in self._spans.get_finished_spans()), data.to_json() if data else ""]
        ).encode()
