"""The register of an issuing unit, behind `/s/{token}`: decisions, chasing, people, and how everything stands."""

from web.register.routes import Register

__all__ = ["Register"]
