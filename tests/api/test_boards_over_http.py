import httpx

from tests.boards.samples import SOUND, changed

BAD = "risk,likelihood,impact\nA pattern changes and losses rise,often,major\n"


async def test_a_board_is_checked_and_drawn_without_being_kept(client: httpx.AsyncClient) -> None:
    kinds = (await client.get("/boards")).json()
    assert {kind["id"] for kind in kinds} == set(SOUND)

    rows = changed("register", 1, owner="")
    checked = (await client.post("/boards/register/check", json={"rows": rows})).json()
    assert checked["problems"] == []
    assert [(f["kind"], f["row"]) for f in checked["findings"]] == [("high-risk-without-owner", 1)]
    again = await client.post("/boards/register/check", json={"rows": checked["rows"]})
    assert again.json() == checked

    picture = await client.post("/boards/register/render?name=one", json={"rows": rows})
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert "default-src 'none'" in picture.headers["content-security-policy"]
    assert '<title id="one-t">Risk register</title>' in picture.text

    form = await client.get("/boards/star/form?format=csv")
    assert form.text.startswith('"part","told"')
    csv = await client.post("/boards/register/convert?to=csv", json={"rows": rows})
    from_csv = await client.post("/boards/register/check", json={"text": csv.text})
    assert from_csv.json() == checked


async def test_what_cannot_be_read_is_named(client: httpx.AsyncClient) -> None:
    checked = (await client.post("/boards/matrix/check", json={"text": BAD})).json()
    assert (checked["rows"], checked["findings"]) == (None, [])
    problem = checked["problems"][0]
    assert (problem["line"], problem["field"]) == (2, "likelihood")

    refused = await client.post("/boards/matrix/render", json={"text": BAD})
    assert refused.status_code == 422
    assert "board:2: likelihood: row 1: 'often' is not on the scale" in refused.json()["detail"]
    unnamed = await client.post("/boards/matrix/render?name=%3C", json={"rows": SOUND["matrix"]})
    assert unnamed.status_code == 422
    assert (await client.post("/boards/canvas/check", json={"rows": []})).status_code == 404
    assert (await client.post("/boards/matrix/check", json={})).status_code == 422


async def test_a_sketch_is_read_and_what_it_lacks_is_asked(client: httpx.AsyncClient) -> None:
    text = 'flowchart LR\nA["<script>alert(1)</script>"] --> B[Rule set]'
    given = {"text": text, "expect": ["fallback", "monitoring"]}
    reply = await client.post("/sketches/check", json=given)
    assert reply.headers["content-type"] == "application/json"
    found = reply.json()
    assert found["sketch"]["components"][0]["label"] == "<script>alert(1)</script>"
    assert [finding["kind"] for finding in found["findings"]] == ["no-monitoring"]
    broken = (await client.post("/sketches/check", json={"text": "graph TD\nA["})).json()
    assert (broken["sketch"], broken["line"]) == (None, 2)
    unknown = await client.post("/sketches/check", json={"text": text, "expect": ["x"]})
    assert unknown.status_code == 404


async def test_a_page_is_read_as_a_layman_would(client: httpx.AsyncClient) -> None:
    found = (await client.post("/pages/check", json={"text": "PSI was 0.02 in June."})).json()
    assert found["unexplained"] == ["PSI"]
