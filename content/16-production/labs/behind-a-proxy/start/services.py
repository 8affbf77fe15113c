"""Three services that the page /up asks. Please leave this file alone."""
import asyncio
import time

WAIT = 0.05
log = []


async def weather():
    log.append("weather?")
    await asyncio.sleep(WAIT)
    log.append("weather!")
    return "sunny"


async def queue():
    log.append("queue?")
    await asyncio.sleep(WAIT)
    log.append("queue!")
    return 12


def parking():
    """An old client: it blocks."""
    log.append("parking?")
    time.sleep(4 * WAIT)
    log.append("parking!")
    return 40
