"""What cascades are found by in Temporal."""

from temporalio import workflow
from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

with workflow.unsafe.imports_passed_through():
    import naming

DIRECTIVE = SearchAttributeKey.for_keyword(naming.ATTRIBUTE_DIRECTIVE)
UNIT = SearchAttributeKey.for_keyword(naming.ATTRIBUTE_UNIT)
STATE = SearchAttributeKey.for_keyword(naming.ATTRIBUTE_STATE)
OVERDUE = SearchAttributeKey.for_int(naming.ATTRIBUTE_OVERDUE)


def attributes(cascade_id: str) -> TypedSearchAttributes:
    """The attributes of a new cascade: directive, unit, state, overdue obligations."""
    directive, unit = naming.cascade_parts(cascade_id)
    return TypedSearchAttributes(
        [
            SearchAttributePair(DIRECTIVE, directive),
            SearchAttributePair(UNIT, unit),
            SearchAttributePair(STATE, "open"),
            SearchAttributePair(OVERDUE, 0),
        ]
    )
