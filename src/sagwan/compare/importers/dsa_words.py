"""The heads of the DSA's 'member states orders' in the languages in which they have been met.

Implementing Regulation (EU) 2024/2835 sets twenty columns and their order; each language version names them
in its own words. The codes of categories and states are the same in all.
"""

from collections.abc import Mapping

from sagwan.compare.importers.table import key

NUMBERS = (
    "Number of orders to act against illegal content received",
    "Number of specific items of information included in the total number of orders to act against illegal "
    "content",
    "Median time to inform the authority of the receipt of the order to act against illegal content",
    "Median time to give effect to the order to act against illegal content",
    "Number of orders to provide information",
    "Median time to inform the authority of the receipt of the order to provide information",
    "Median time to give effect to the order to provide information",
)
"""The seven measures, in the regulation's order."""

HEADS = (
    "Applicability",
    "Service",
    "Reporting period",
    "Category of illegal content",
    'Description of the sub-category "Other"',
    "Scope",
    *NUMBERS,
)

GERMAN = (
    "Anwendbarkeit",
    "Dienst",
    "Berichtszeitraum",
    "Kategorie illegaler Inhalte",
    "Beschreibung der Unterkategorie „Sonstige“",
    "Anwendungsbereich",
    "Anzahl der Anordnungen der Mitgliedstaaten zum Vorgehen gegen rechtswidrige Inhalte",
    "Anzahl bestimmter Einzelinformationen in der Gesamtzahl der Anordnungen zum Vorgehen gegen "
    "rechtswidrige Inhalte",
    "Mediandauer bis zur Unterrichtung der Behörde über den Eingang der Anordnung zum Vorgehen gegen "
    "rechtswidrige Inhalte",
    "Mediandauer, um der Anordnung zum Vorgehen gegen rechtswidrige Inhalte nachzukommen",
    "Anzahl der Anordnungen zur Bereitstellung von Informationen",
    "Mediandauer bis zur Unterrichtung der Behörde über den Eingang der Anordnung zur Bereitstellung von "
    "Informationen",
    "Mediandauer, um der Anordnung zur Bereitstellung von Informationen nachzukommen",
)
FRENCH = (
    "Applicabilité",
    "Service",
    "Période couverte par le rapport",
    "Catégorie de contenu illicite",
    "Description de la sous-catégorie «Autre»",
    "Champ d’application",
    "Nombre d’injonctions d’agir contre des contenus illicites reçues",
    "Nombre d’éléments d’information spécifiques inclus dans le nombre total d’injonctions d’agir contre des "
    "contenus illicites",
    "Délai médian nécessaire pour informer l’autorité de la réception de l’injonction d’agir contre des "
    "contenus illicites",
    "Délai médian nécessaire pour donner suite à l’injonction d’agir contre des contenus illicites",
    "Nombre d’injonctions de fournir des informations",
    "Délai médian nécessaire pour informer l’autorité de la réception de l’injonction de fournir des "
    "informations",
    "Délai médian nécessaire pour donner suite à l’injonction de fournir des informations",
)
GREEK = (
    "Δυνατότητα εφαρμογής",
    "Υπηρεσία",
    "Περίοδος υποβολής εκθέσεων",
    "Κατηγορία παράνομου περιεχομένου",
    "Περιγραφή της υποκατηγορίας «Άλλο»",
    "Εύρος",
    "Αριθμός των εντολών ανάληψης δράσης κατά παράνομου περιεχομένου που ελήφθησαν",
    "Αριθμός των συγκεκριμένων πληροφοριακών στοιχείων που περιλαμβάνονταν στον συνολικό αριθμό των εντολών "
    "ανάληψης δράσης κατά παράνομου περιεχομένου",
    "Διάμεσος χρόνος που απαιτήθηκε για να ενημερωθεί η αρχή σχετικά με την παραλαβή της εντολής ανάληψης "
    "δράσης κατά παράνομου περιεχομένου",
    "Διάμεσος χρόνος που απαιτήθηκε για την εκτέλεση της εντολής ανάληψης δράσης κατά παράνομου περιεχομένου",
    "Αριθμός των εντολών παροχής πληροφοριών",
    "Διάμεσος χρόνος που απαιτήθηκε για να ενημερωθεί η αρχή σχετικά με την παραλαβή της εντολής παροχής "
    "πληροφοριών",
    "Διάμεσος χρόνος που απαιτήθηκε για την εκτέλεση της εντολής παροχής πληροφοριών",
)
ALIASES: Mapping[str, str] = {
    key(own): key(english)
    for heads in (GERMAN, FRENCH, GREEK)
    for own, english in zip(heads, HEADS, strict=True)
    if key(own) != key(english)
}

TOTALS = frozenset({"total", "gesamt", "insgesamt", "σύνολο", "totale", "totaal", "łącznie", "ogółem"})
"""What a scope prints for the Union as a whole."""

CONTEXT = ("contextual", "hintergrundinformation", "informationscontextuelles", key("Συγκειμενικές"))
"""How the keys of the seven columns of text begin, which explain a number and hold none."""
