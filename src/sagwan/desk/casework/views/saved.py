"""Saved views of the queue: save, rename, share, delete, and open the queue with one."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from sagwan.desk.casework import saved_views
from sagwan.desk.casework.screens import filters_from
from sagwan.desk.casework.views.common import READERS, names
from sagwan.desk.web.forms import Form
from sagwan.desk.web.gate import allowed
from sagwan.desk.web.i18n import _, translate
from sagwan.desk.web.refusals import said
from sagwan.record.errors import SagwanError


class NameForm(Form):
    name = forms.CharField(label=_("Name of the view"), max_length=60)
    shared = forms.BooleanField(
        label=_("Share it with the team"),
        required=False,
        help_text=_("Everyone who reads requests can then choose it; only you change it."),
    )


@allowed(*READERS)
def listed(request: HttpRequest) -> HttpResponse:
    """The views that the person can choose."""
    context = {"views": saved_views.views_of(request.user.name)}
    return render(request, "casework/saved.html", context)


@allowed(*READERS, post=READERS)
def save(request: HttpRequest) -> HttpResponse:
    """Save the filters that the address names under a name."""
    known = names()
    filters = filters_from(request.GET, known)
    form = NameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            saved_views.save_view(
                person=request.user.name,
                name=form.cleaned_data["name"],
                filters=filters,
                shared=form.cleaned_data["shared"],
            )
        except SagwanError as error:
            form.refuse(error)
        else:
            messages.success(request, translate("The view was saved."))
            return redirect(f"{reverse('queue')}?{filters.query or 'shown=open'}")
    return render(request, "casework/saved_save.html", {"form": form, "filters": filters})


@allowed(*READERS, post=READERS)
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name for a view of one's own, shared or not."""
    view = _own(request, pk)
    initial = {"name": view.name, "shared": view.shared}
    form = NameForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved_views.rename_view(person=request.user.name, id=pk, **form.cleaned_data)
        except SagwanError as error:
            form.refuse(error)
        else:
            messages.success(request, translate("The view was changed."))
            return redirect("views")
    return render(request, "casework/saved_rename.html", {"form": form, "view": view})


@allowed(*READERS, post=READERS)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a view of one's own, after one question."""
    view = _own(request, pk)
    if request.method == "POST":
        saved_views.delete_view(person=request.user.name, id=pk)
        messages.success(request, translate("The view was deleted."))
        return redirect("views")
    return render(request, "casework/saved_delete.html", {"view": view})


@allowed(post=READERS)
def opening(request: HttpRequest) -> HttpResponse:
    """Choose with which view the person's queue opens; none: as at first."""
    text = request.POST.get("view", "")
    try:
        wanted = int(text) if text.isdecimal() and len(text) < 19 else None
        saved_views.open_with(person=request.user.name, id=wanted)
    except SagwanError as error:
        messages.error(request, said(error))
    else:
        messages.success(request, translate("Your queue opens so from now on."))
    return redirect("views")


def _own(request: HttpRequest, pk: int) -> saved_views.View:
    try:
        return saved_views.own_view(request.user.name, pk)
    except saved_views.ViewRefused:
        raise Http404 from None
