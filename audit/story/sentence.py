"""The sentence of a fact or note; each kind has its own in the modules beside this one."""

from functools import singledispatch

from audit.story.scene import Scene


@singledispatch
def sentence(said: object, scene: Scene) -> str:
    """What happened, without full stop and with a small first letter where it begins with a word of ours. Raises
    `NotImplementedError` for a kind that nobody has written words for, which a test keeps from happening."""
    raise NotImplementedError(type(said).__name__, scene.register.id)
