"""The web as a Django app: it listens to sign-ins, and checks that every address declares who may come."""

from django.apps import AppConfig


class WebApp(AppConfig):
    name = "sagwan.desk.web"
    label = "web"

    def ready(self) -> None:
        from sagwan.desk.web import gate  # noqa: PLC0415 - registers its check
        from sagwan.desk.web.signin import listen  # noqa: PLC0415 - needs the apps

        gate.register_check()
        listen.connect()
