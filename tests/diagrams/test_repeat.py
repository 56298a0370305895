from __future__ import annotations

from collections import Counter

from ivrlint.diagrams.repeat import FEW, SHARED_QUEUES, repeated
from ivrlint.diagrams.sketch import Sketch
from ivrlint.flow import Flow
from tests.diagrams.conftest import sketch
from tests.flows import flow, follow, overflow, press, wait


def _menus(count: int, queue: str = "agents:human") -> Flow:
    """Menus that lead from one to the next and all to one queue."""
    steps = " ".join(f"m{n}:menu" for n in range(count))
    target = queue.split(":")[0]
    moves = [press(f"m{n}", "1", f"m{n + 1}") for n in range(count - 1)]
    moves += [press(f"m{n}", "0", target) for n in range(count)]
    return flow(f"line:entry {steps} {queue} bye:end", follow("line", "m0"), *moves, overflow(target, "bye"))


def _copies(found: Sketch) -> Counter[tuple[str, bool]]:
    return Counter((spot.step.name, bool(spot.stub)) for spot in found.spots.values())


def test_a_queue_of_few_uses_is_shared() -> None:
    copies = _copies(repeated(sketch(_menus(SHARED_QUEUES)), "auto"))
    assert copies["agents", False] == 1
    assert ("agents", True) not in copies


def test_one_of_many_uses_is_drawn_at_each_and_goes_on_at_one() -> None:
    copies = _copies(repeated(sketch(_menus(SHARED_QUEUES + 1)), "auto"))
    assert (copies["agents", False], copies["agents", True]) == (1, SHARED_QUEUES)


def test_it_goes_on_where_it_is_nearest_to_a_line() -> None:
    found = repeated(sketch(_menus(6)), "auto")
    (home,) = (name for name, spot in found.spots.items() if spot.step.name == "agents" and not spot.stub)
    assert [found.spots[link.tail].step.name for link in found.links if link.head == home] == ["m0"]


def test_never_and_always() -> None:
    assert repeated(sketch(_menus(9)), "never") == sketch(_menus(9))
    assert _copies(repeated(sketch(_menus(2)), "always"))["agents", True] == 1


def test_an_end_is_drawn_at_each_use_and_is_no_stub() -> None:
    calls = flow("a:menu b:menu bye:end", press("a", "1", "b"), wait("a", "bye"), wait("b", "bye"))
    assert _copies(repeated(sketch(calls), "auto"))["bye", False] == 2
    assert _copies(repeated(sketch(calls), "never"))["bye", False] == 1


def test_a_large_flow_becomes_a_tree() -> None:
    count = FEW + 10
    back = [press(f"m{n}", "9", "m0") for n in range(1, count)]
    calls = _menus(count)
    calls = flow(" ".join(f"{step.name}:{step.kind}" for step in calls.steps), *calls.moves, *back)
    found = repeated(sketch(calls), "auto")
    uses = Counter(link.head for link in found.links if link.head != link.tail)
    assert set(uses.values()) == {1}


def test_no_link_is_lost() -> None:
    whole = sketch(_menus(12))
    found = repeated(whole, "auto")
    ends = {(link.tail, found.spots[link.head].places[0]) for link in found.links}
    assert ends == {(link.tail, link.head) for link in whole.links}
