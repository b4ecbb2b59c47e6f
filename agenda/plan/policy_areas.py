"""The policy areas that a proposal can belong to, when the plan file names none."""

POLICY_AREAS = (
    "Infrastruktur och samhällsservice",
    "Bredband och digitalisering",
    "Skattebas och kommunal ekonomi",
    "Innovation, forskning och företagande",
    "Kompetensförsörjning",
    "Besöksnäring och attraktivitet",
    "Miljö, energi och klimat",
    "Kultur",
    "Europeisk sammanhållningspolitik",
    "Annat område",
)
"""The areas that the region's own plan, priorities and reports speak of."""
