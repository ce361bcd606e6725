"""The desk's addresses, and one more that only tests have: a page that shows every part of the others."""

from datetime import UTC, datetime

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

import tests.support.django_ready  # noqa: F401
from sagwan.desk.web.gate import Door, allowed
from sagwan.desk.web.urls import handler400, handler403, handler404, handler429, handler500
from sagwan.desk.web.urls import urlpatterns as desk

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500", "urlpatterns"]


class EveryField(forms.Form):
    line = forms.CharField(label="A line", help_text="With a hint.")
    many = forms.CharField(label="Many lines", widget=forms.Textarea({"rows": 3}), required=False)
    one = forms.ChoiceField(label="One of three", choices=[("a", "A"), ("b", "B"), ("c", "C")])
    radio = forms.ChoiceField(
        label="One of two", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, help_text="Choose."
    )
    some = forms.MultipleChoiceField(
        label="Some of two", choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple
    )
    yes = forms.BooleanField(label="Yes", required=False)
    day = forms.DateField(label="A day", widget=forms.DateInput({"type": "date"}))
    paper = forms.FileField(label="A file", required=False)


@allowed(Door.PUBLIC)
def styleguide(request: HttpRequest) -> HttpResponse:
    context = {
        "good": EveryField(),
        "bad": EveryField({"one": "z"}, prefix="bad"),
        "page": Paginator(range(100), 10).page(3),
        "events": [(datetime(2016, 3, 2, hour, tzinfo=UTC), f"Step {hour}", "kim") for hour in (9, 8)],
    }
    return render(request, "styleguide.html", context)


urlpatterns = [*desk, path("styleguide/", styleguide)]
