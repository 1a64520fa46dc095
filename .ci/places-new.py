#!/usr/bin/python3
"""places-new.py LEGACY PORT: a stand-in for Places API (New) on 127.0.0.1:PORT, for what a stand-in for the legacy one at
the URL LEGACY would answer. So whatever that one is told to do is done by both."""
import json
import sys

from aiohttp import ClientSession, web

LEGACY, PORT = sys.argv[1], int(sys.argv[2])
ERRORS = {
    "OVER_QUERY_LIMIT": (429, "RESOURCE_EXHAUSTED"),
    "REQUEST_DENIED": (403, "PERMISSION_DENIED"),
    "INVALID_REQUEST": (400, "INVALID_ARGUMENT"),
    "UNKNOWN_ERROR": (500, "INTERNAL"),
}


def place(old):
    at = old["geometry"]["location"]
    counted = {"userRatingCount": old["user_ratings_total"]} if "user_ratings_total" in old else {}
    return {
        "id": old["place_id"],
        "types": old["types"],
        "location": {"latitude": at["lat"], "longitude": at["lng"]},
        "rating": old["rating"],
        **counted,
        "businessStatus": old["business_status"],
        "displayName": {"text": old["name"], "languageCode": "en"},
        "shortFormattedAddress": old["vicinity"],
    }


async def search_nearby(request):
    if not request.headers.get("X-Goog-FieldMask") or not request.headers.get("X-Goog-Api-Key"):
        return web.json_response({"error": {"code": 400, "status": "INVALID_ARGUMENT"}}, status=400)
    circle = (await request.json())["locationRestriction"]["circle"]
    center = circle["center"]
    query = {
        "location": f"{center['latitude']},{center['longitude']}",
        "radius": str(circle["radius"]),
        "key": request.headers["X-Goog-Api-Key"],
    }
    async with ClientSession() as session:
        async with session.get(LEGACY + "/maps/api/place/nearbysearch/json", params=query) as answer:
            text = await answer.text()
            if answer.status != 200:
                return web.Response(status=answer.status, text=text)
    legacy = json.loads(text)
    if legacy["status"] in ERRORS:
        code, status = ERRORS[legacy["status"]]
        return web.json_response({"error": {"code": code, "status": status}}, status=code)
    places = [place(old) for old in legacy["results"]]
    body = json.dumps({"places": places} if places else {}, indent=2)
    if "\r\n\r\n" in text:
        body = body.replace("\n", "\r\n\r\n")
    return web.Response(text=body, content_type="application/json")


app = web.Application()
app.router.add_post("/v1/places:searchNearby", search_nearby)
web.run_app(app, host="127.0.0.1", port=PORT, print=None)
