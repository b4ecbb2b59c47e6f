"""`agenda plan new`: the README's first round of one's own, walked from nothing."""


def test_a_first_round_is_walked_from_nothing(desk):
    said = desk("plan", "new", "plan.yaml")
    assert (said.code, said.err) == (0, "")
    assert said.lines[-1] == "Kontrollera den sedan med: agenda plan check plan.yaml"

    assert desk("plan", "check", "plan.yaml").out == "Planen går att använda.\n"
    assert desk("plan", "show", "plan.yaml").code == 0
    started = desk("round", "start", "--plan", "plan.yaml")
    assert (started.code, started.err) == (0, "")
    assert "Bräcke kommun" in desk("status").out


def test_a_plan_is_never_written_over(empty_desk):
    empty_desk("plan", "new", "plan.yaml")

    ran = empty_desk("plan", "new", "plan.yaml")

    assert (ran.code, ran.err) == (
        2,
        "plan.yaml finns redan och skrivs inte över. Välj ett annat namn.\n",
    )
