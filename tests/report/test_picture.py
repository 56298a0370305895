"""What of a drawing comes into the page."""

from __future__ import annotations

from ivrlint.config import Settings
from ivrlint.diagrams import svg
from ivrlint.report.picture import picture
from ivrlint.rules import Context
from tests.flows import flow, follow, press

_DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" onload="a()"><script>b()</script><style>*{}</style>
<g class="graph" transform="translate(4 4)"><title>ivr</title>
<g class="cluster"><title>cluster_legend</title><polygon points="0,0 9,9"/></g>
<g class="cluster"><title>cluster_1</title><polygon points="0,0 99,9"/><text x="9" y="8">box</text></g>
<g class="node legend"><title>legend_menu</title><ellipse cx="1" cy="1" rx="1" ry="1"/></g>
<g class="node s3 s4" onclick="c()"><title>s3</title><a href="javascript:d()" style="color:red">
<path fill="none" d="M1.26,2C3,4 5,6 7,8" onclick="e()" stroke="url(http://x)"
 stroke-dasharray="5,2"/>
<polygon fill="red" points="url(javascript:f())"/>
<text text-anchor="middle" x="10" y="20" font-size="10" font-weight="bold">&lt;b&gt; &amp;</text>
<image/></a></g>
<g class="edge s1-s3 s1-s4"><title>s1_2-&gt;s3</title><path d="M0,0C1,1 2,2 3,3"/></g>
</g></svg>"""


def test_only_shapes_and_words_come_through() -> None:
    drawing = picture(_DRAWING, {"s3": "menu"})
    assert drawing["nodes"] == [
        {
            "name": "s3",
            "kind": "menu",
            "places": [3, 4],
            # The path spans 1.3-7 by 2-8; five signs of size 10, each 6 wide, span -5 to 25 by 10-20.
            "box": [-5.0, 2.0, 30.0, 18.0],
            "shapes": [
                {"tag": "path", "d": "M1.3,2C3,4 5,6 7,8", "fill": "none", "stroke-dasharray": "5,2"},
                {"tag": "polygon"},
            ],
            "words": [(10.0, 20.0, "middle", 10.0, "<b> &", True)],
        }
    ]


def test_an_edge_knows_its_ends_and_the_places_it_joins() -> None:
    (edge,) = picture(_DRAWING, {})["edges"]
    assert (edge["tail"], edge["head"], edge["pairs"]) == ("s1_2", "s3", ["1-3", "1-4"])


def test_the_legend_is_left_out() -> None:
    drawing = picture(_DRAWING, {})
    assert [node["name"] for node in drawing["nodes"]] == ["s3"]
    assert [cluster["words"][0][4] for cluster in drawing["clusters"]] == ["box"]


def test_every_step_of_a_real_drawing_is_found_again() -> None:
    calls = flow("line:entry main:menu sales:human", follow("line", "main"), press("main", "1", "sales"))
    drawing = picture(svg(Context(calls, Settings()), ()), {"s0": "entry", "s1": "menu", "s2": "human"})
    assert {(node["kind"], *node["places"]) for node in drawing["nodes"]} == {
        ("entry", 0),
        ("menu", 1),
        ("human", 2),
    }
    assert sorted(pair for edge in drawing["edges"] for pair in edge["pairs"]) == ["0-1", "1-2"]
