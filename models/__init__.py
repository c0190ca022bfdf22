"""Wire models by subject: plain pydantic, safe inside workflows. `tables` (SQLModel) is the one exception."""
