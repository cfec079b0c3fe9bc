"""
One base for every admin page: permissions with the object, fixed rows, acts.

Rules live in services. A service that refuses is a message, never an error page. An
act is a button on a row's page: a page that says what will happen, perhaps with a few
fields, then one service call.
"""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display

from contest.lib.clock import now
from contest.lib.faults import Faulty, lines_of
from contest.lib.refusals import Refused


def allowed(request, options, action, row=None):
    """Whether the account may ``action`` rows of a model, or this row."""
    name = f"{options.app_label}.{action}_{options.model_name}"
    if row is None or row.pk is None:
        return request.user.has_perm(name)
    return request.user.has_perm(name, row)


def may_open(site, model, request):
    """Whether the account finds a page of ``model`` in the admin."""
    if not site.is_registered(model):
        return False
    return site.get_model_admin(model).has_view_permission(request)


class PermissionsByRow:
    """Ask for permissions with the row in hand, and keep fixed rows as they are."""

    def is_fixed(self, row):
        """Whether ``row`` must stay as it is; subclasses know why."""
        return False

    def has_view_permission(self, request, obj=None):
        return allowed(request, self.opts, "view", obj)

    def has_add_permission(self, request, obj=None):
        if obj is not None and self.is_fixed(obj):
            return False
        return allowed(request, self.opts, "add")

    def has_change_permission(self, request, obj=None):
        return allowed(request, self.opts, "change", self._own(obj))

    def has_delete_permission(self, request, obj=None):
        if obj is not None and self.is_fixed(obj):
            return False
        return allowed(request, self.opts, "delete", self._own(obj))

    def _own(self, obj):
        """``obj`` if it is a row of this model; inlines are asked with the parent."""
        return obj if isinstance(obj, self.model) else None


class PortalAdmin(PermissionsByRow, ModelAdmin):
    """
    ``free_fields`` stay open on a row that is fixed; ``fixed_reason`` says why.

    ``related`` of a form offers only rows that the account may see.
    """

    free_fields = ()
    fixed_reason = ""
    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False
    warn_unsaved_form = True
    save_on_top = False

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        if obj is None or not self.is_fixed(obj):
            return fields
        own = [field.name for field in self.opts.fields if field.editable]
        own += [field.name for field in self.opts.many_to_many]
        return [*fields, *(name for name in own if name not in self.free_fields)]

    def get_fieldsets(self, request, obj=None):
        """On a page to look at, a row that the account may not open has no link."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return [
            (
                title,
                {**part, "fields": [self._shown(request, f) for f in part["fields"]]},
            )
            for title, part in fieldsets
        ]

    def _shown(self, request, name):
        """``name``, or a column that tells what the field names without a link."""
        related = [f for f in self.opts.fields if f.is_relation and f.name == name]
        if not related or may_open(self.admin_site, related[0].related_model, request):
            return name

        @display(description=related[0].verbose_name)
        def told(row):
            return getattr(row, name) or self.get_empty_value_display()

        return told

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        model = db_field.remote_field.model
        if "queryset" not in kwargs and self.admin_site.is_registered(model):
            other = self.admin_site.get_model_admin(model)
            kwargs["queryset"] = other.get_queryset(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refused:
            tell_refusal(request, refused)
            return HttpResponseRedirect(request.get_full_path())

    def change_view(self, request, object_id, form_url="", extra_context=None):
        row = self.get_object(request, unquote(object_id))
        if row is not None and self.fixed_reason and self.is_fixed(row):
            messages.info(request, self.fixed_reason)
        return super().change_view(request, object_id, form_url, extra_context)

    def act(self, request, object_id, *, perm, title, effect, do, form=None):
        """
        The page of one act on one row: GET says the effect, POST does it.

        ``do(row, data)`` calls the service and returns the sentence that tells what was
        done; ``form`` is a form class for what the act needs to know.
        """
        row = self.get_object(request, unquote(str(object_id)))
        if row is None:
            raise Http404
        if not request.user.has_perm(perm, row):
            raise PermissionDenied
        filled = form(request.POST or None) if form else None
        if request.method == "POST" and (filled is None or filled.is_valid()):
            try:
                done = do(row, filled.cleaned_data if filled else {})
                messages.success(request, done)
            except Refused as refused:
                tell_refusal(request, refused)
            return HttpResponseRedirect(self.page_of(row))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "row": row,
            "effect": effect(row) if callable(effect) else effect,
            "form": filled,
            "back": self.page_of(row),
        }
        return TemplateResponse(request, "admin/act.html", context)

    def each(self, request, rows, service, sentence):
        """Do ``service`` to each row; tell how many, and every refusal."""
        count = 0
        for row in rows:
            try:
                service(row, by=request.user, now=now())
                count += 1
            except Refused as refused:
                tell_refusal(request, refused)
        messages.success(request, sentence % {"n": count})

    def page_of(self, row):
        """The address of the row's own page."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(name, args=[row.pk])


def doing(service, sentence, **options):
    """An act's ``do``: call ``service`` with the form's values, then ``sentence``."""

    def do(row, data):
        service(row, **options, **data)
        return sentence

    return do


def link(address, text):
    """A link that looks like one inside a read-only value."""
    return format_html(
        '<a class="text-primary-600 underline dark:text-primary-500" href="{}">{}</a>',
        address,
        text,
    )


def tell_refusal(request, refused):
    """The refusal's sentence, and each fault of a file, as messages."""
    messages.error(request, str(refused))
    if isinstance(refused, Faulty):
        for line in lines_of(refused.faults, most=10):
            messages.error(request, line)


class ReadOnlyAdmin(PortalAdmin):
    """What people wrote or the portal computed: to look at, never to edit."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class PortalTabular(PermissionsByRow, TabularInline):
    extra = 0
    show_change_link = True


class ReadOnlyTabular(PortalTabular):
    """Rows to look at; ``page`` in ``fields`` leads to each one's own page."""

    can_delete = False

    @display(description=gettext_lazy("mở"))
    def page(self, row):
        name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
        address = reverse(name, args=[row.pk])
        return link(address, row)

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def yes_no():
    """The two answers of a choice that has no default."""
    return [(True, _("Có")), (False, _("Không"))]
