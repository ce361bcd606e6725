"""People, as a projection of their `person/<name>` streams."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(name=username)


class Person(AbstractBaseUser):
    """One person: `name` is what commands and events call them; `roles` are comma-separated."""

    name = models.SlugField(max_length=40, unique=True)
    full_name = models.CharField(max_length=100)
    roles = models.CharField(max_length=100)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "name"
    REQUIRED_FIELDS = ("full_name",)
    objects = PersonManager()

    class Meta:
        verbose_name_plural = "people"

    def has_role(self, *roles: str) -> bool:
        return self.is_active and bool(set(roles) & set(self.roles.split(",")))
