"""Durable workflows: they wait; the rules decide; activities do."""

from workflows.cascade import CascadeWorkflow

WORKFLOWS = [CascadeWorkflow]
