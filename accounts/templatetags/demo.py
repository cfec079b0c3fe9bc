from django import template

from accounts import demo

register = template.Library()


@register.simple_tag
def demo_roles():
    """The role buttons of the log-in page; none outside the demo."""
    return demo.roles()
