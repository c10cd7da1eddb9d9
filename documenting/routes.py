"""The routes of the application, in their order, without starting it."""

from __future__ import annotations

from starlette.routing import Route

from detente.web import app


def routes() -> list[Route]:
    """Every route that a module of the application brings; `/openapi.json` and the static files are the application's
    own."""
    listed = (getattr(module, "ROUTES", ()) for module in vars(app).values())
    return [route for module in listed for route in module if isinstance(route, Route)]
