"""Durable workflows: they wait; the rules decide; activities do."""

from workflows.cascade import CascadeWorkflow
from workflows.upkeep import UpkeepWorkflow

WORKFLOWS = [CascadeWorkflow, UpkeepWorkflow]
