import asyncio

from flask import Flask, request, url_for

import services


def create_app():
    app = Flask(__name__)

    @app.get("/ticket/<int:number>")
    def ticket(number):
        link = url_for("ticket", number=number, _external=True)
        return {"visitor": request.remote_addr, "link": link}

    @app.get("/up")
    def up():
        weather = asyncio.run(services.weather())
        queue = asyncio.run(services.queue())
        parking = services.parking()
        return {"weather": weather, "queue": queue, "parking": parking}

    return app
