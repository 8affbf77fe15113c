import asyncio

from flask import Flask, request, url_for
from werkzeug.middleware.proxy_fix import ProxyFix

import services


def create_app():
    app = Flask(__name__)
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=2, x_proto=1, x_host=1)

    @app.get("/ticket/<int:number>")
    def ticket(number):
        link = url_for("ticket", number=number, _external=True)
        return {"visitor": request.remote_addr, "link": link}

    @app.get("/up")
    async def up():
        weather, queue, parking = await asyncio.gather(
            services.weather(),
            services.queue(),
            asyncio.to_thread(services.parking),
        )
        return {"weather": weather, "queue": queue, "parking": parking}

    return app
