"""Calls: SHAPES A12-A17, A23-A26 and D17, with what a callable can go through before it is called."""

from __future__ import annotations

import pytest
from shape_programs import confidences, verify

HANDED_ON = {
    "A25 to_thread": """
        import asyncio
        async def f(u):
            return await asyncio.to_thread(jwt.encode, {"sub": u}, KEY)  # JWT301
    """,
    "A25 to_thread with keywords": """
        from asyncio import to_thread
        async def f(u):
            await to_thread(jwt.encode, payload={"sub": u}, key=KEY)  # JWT301
            await to_thread(jwt.encode, {"sub": u, "exp": soon}, KEY, algorithm="HS256")
    """,
    "A25 run_in_executor": """
        import asyncio
        async def f(u):
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(None, jwt.encode, {"sub": u}, KEY)  # JWT301
            return await asyncio.get_event_loop().run_in_executor(None, jwt.encode, {"sub": u}, KEY)  # JWT301
    """,
    "A25 run_in_executor of a partial": """
        import asyncio, functools
        async def f(u, loop):
            await loop.run_in_executor(None, functools.partial(jwt.encode, {"sub": u}, KEY))  # JWT301
            await loop.run_in_executor(None, lambda: jwt.encode({"sub": u}, KEY))  # JWT301
    """,
    "A25 sync_to_async": """
        from asgiref.sync import sync_to_async
        async def f(u):
            await sync_to_async(jwt.encode)({"sub": u}, KEY)  # JWT301
            await sync_to_async(jwt.encode, thread_sensitive=True)({"sub": u}, key=KEY)  # JWT301
            sign = sync_to_async(jwt.encode)
            return await sign({"sub": u}, KEY)  # JWT301
    """,
    "A25 sync_to_async as a decorator": """
        from asgiref.sync import sync_to_async
        @sync_to_async
        def issue(claims):
            return jwt.encode(claims, KEY)
        @sync_to_async(thread_sensitive=False)
        def issue_too(claims):
            return jwt.encode(claims, KEY)
        async def f(u):
            await issue({"sub": u, "exp": soon})
            await issue({"sub": u})  # JWT301
            await issue_too({"sub": u})  # JWT301
    """,
    "A25 anyio and starlette": """
        import anyio
        from anyio import to_thread
        from starlette.concurrency import run_in_threadpool
        from fastapi.concurrency import run_in_threadpool as in_pool
        async def f(u):
            await anyio.to_thread.run_sync(jwt.encode, {"sub": u}, KEY)  # JWT301
            await to_thread.run_sync(jwt.encode, {"sub": u}, KEY)  # JWT301
            await run_in_threadpool(jwt.encode, {"sub": u}, key=KEY)  # JWT301
            await in_pool(jwt.encode, {"sub": u}, KEY)  # JWT301
    """,
    "A25 executors": """
        from concurrent.futures import ThreadPoolExecutor
        pool = ThreadPoolExecutor()
        def f(u):
            pool.submit(jwt.encode, {"sub": u}, KEY)  # JWT301
            with ThreadPoolExecutor(max_workers=2) as executor:
                token = executor.submit(jwt.encode, {"sub": u}, KEY).result()  # JWT301
            return token
    """,
    "A25 executors that come from elsewhere": """
        def f(u, executor):
            return executor.submit(jwt.encode, {"sub": u}, KEY)  # JWT301
    """,
    "A25 threads": """
        import threading
        from threading import Thread
        def issue(claims, key):
            send(jwt.encode(claims, key))
        def f(u):
            threading.Thread(target=issue, args=({"sub": u}, KEY)).start()  # JWT301
            Thread(None, issue, kwargs={"claims": {"sub": u}, "key": KEY}).start()  # JWT301
            Thread(target=issue, args=({"sub": u, "exp": soon}, KEY), daemon=True).start()
    """,
    "A25 Home Assistant": """
        class Flow:
            def __init__(self, hass):
                self.hass = hass
            async def sign(self, u):
                await self.hass.async_add_executor_job(jwt.encode, {"sub": u}, KEY)  # JWT301
                return await self.hass.async_add_executor_job(jwt.encode, {"sub": u, "exp": soon}, KEY)
    """,
    "A25 partial of a runner": """
        import asyncio, functools
        sign = functools.partial(asyncio.to_thread, jwt.encode)
        async def f(u):
            return await sign({"sub": u}, KEY)  # JWT301
    """,
    "A25 create_task": """
        import asyncio
        async def issue(claims):
            return jwt.encode(claims, KEY)
        async def f(u):
            task = asyncio.create_task(issue({"sub": u}))  # JWT301
            await asyncio.gather(issue({"sub": u, "exp": soon}), issue({"sub": u}))  # JWT301
            await asyncio.wait_for(issue({"sub": u}), 3)  # JWT301
            return await task
    """,
    "A25 map": """
        def read(t):
            return jwt.decode(t, options={"verify_signature": False})["sub"]  # JWT102
        def issue(claims):
            return jwt.encode(claims, KEY)
        def f(u, executor):
            list(map(issue, [{"sub": u}, {"sub": u, "exp": soon}]))  # JWT301
            list(executor.map(issue, [{"sub": u, "exp": soon}]))
            return list(map(lambda claims: jwt.encode(claims, KEY), ({"sub": u},)))  # JWT301
    """,
    "A25 a runner that is not known": """
        from app.threads import run_blocking
        def f(u):
            run_blocking(jwt.encode, {"sub": u}, KEY)  # JWT301
            return run_blocking(jwt.encode, {"sub": u, "exp": soon}, KEY)
    """,
    "A25 a runner of the project": """
        def run(function, *args, **kwargs):
            return function(*args, **kwargs)
        def f(u):
            run(jwt.encode, {"sub": u}, KEY)  # JWT301
            run(jwt.encode, {"sub": u}, key=KEY)  # JWT301
            return run(jwt.encode, {"sub": u, "exp": soon}, KEY)
    """,
    "A25 a function of the project is handed on": """
        from app.threads import run_blocking
        def issue(claims, key):
            return jwt.encode(claims, key)
        class Service:
            def issue(self, claims):
                return jwt.encode(claims, KEY)
            def f(self, u):
                run_blocking(issue, {"sub": u}, KEY)  # JWT301
                run_blocking(self.issue, {"sub": u})  # JWT301
    """,
    "A25 handed on, and no call": """
        from unittest import mock
        import pytest
        from app.plugins import register, retry, configure
        @pytest.mark.parametrize("function", [jwt.encode, jwt.decode])
        def f(x, name, table):
            register(jwt.encode, name)
            register(jwt.encode, "jwt")
            retry(ValueError, jwt.decode)
            retry(jwt.decode, 3, 0.5)
            retry(jwt.decode, (ValueError, TypeError))
            configure(jwt.decode, options={"verify_signature": False}, retries=3)
            isinstance(x, jwt.PyJWT)
            mock.patch.object(jwt, "encode", {"sub": 1})
            mock.patch("jwt.encode", jwt.decode)
            table.setdefault(jwt.encode, {"sub": 1})
            setattr(x, "encode", jwt.encode)
            getattr(jwt.encode, "__name__", None)
            hasattr(jwt, "encode")
            print(jwt.encode, {"sub": 1}, KEY)
    """,
    "A25 a register of the project": """
        HANDLERS = {}
        def register(function, *names):
            for name in names:
                HANDLERS[name] = function
        def issue(claims, key):
            return jwt.encode(claims, key)
        register(issue, {"sub": 1}, "jwt")
        register(jwt.encode, {"sub": 1}, "jwt")
    """,
}

TABLES = {
    "A26 a table of callables": """
        HANDLERS = {"jwt": jwt.encode, "none": None}
        def f(u, kind):
            HANDLERS["jwt"]({"sub": u}, KEY)  # JWT301
            HANDLERS["jwt"]({"sub": u, "exp": soon}, KEY)
            HANDLERS.get("jwt")({"sub": u}, KEY)  # JWT301
    """,
    "A26 any of a table": """
        HANDLERS = {"jwt": jwt.encode, "text": str}
        def f(u, kind):
            HANDLERS[kind]({"sub": u}, KEY)  # JWT301
            HANDLERS.get(kind)({"sub": u}, KEY)  # JWT301
            handler = HANDLERS.get(kind, jwt.encode)
            handler({"sub": u}, KEY)  # JWT301
    """,
    "A26 a list and a tuple": """
        SIGNERS = [jwt.encode]
        def f(u):
            SIGNERS[0]({"sub": u}, KEY)  # JWT301
            for sign in SIGNERS:
                sign({"sub": u}, KEY)  # JWT301
            for name, sign in (("a", jwt.encode),):
                sign({"sub": u}, KEY)  # JWT301
            for name, sign in {"a": jwt.encode}.items():
                sign({"sub": u}, KEY)  # JWT301
    """,
    "A26 on self": """
        class Service:
            def __init__(self):
                self._sign = jwt.encode
                self._jwt = jwt
                self._handlers = {"jwt": self._issue}
            def _issue(self, claims):
                return jwt.encode(claims, KEY)
            def f(self, u):
                self._sign({"sub": u}, KEY)  # JWT301
                self._jwt.encode({"sub": u}, KEY)  # JWT301
                self._handlers["jwt"]({"sub": u})  # JWT301
    """,
    "A26 in a class body": """
        def issue(self, claims):
            return jwt.encode(claims, KEY)
        def plain(claims):
            return jwt.encode(claims, KEY)
        class Service:
            sign = jwt.encode
            _encode = staticmethod(jwt.encode)
            _plain = staticmethod(plain)
            _issue = issue
            _lambda = lambda self, claims: jwt.encode(claims, KEY)
            handlers = {"jwt": plain}
            def f(self, u):
                self.sign({"sub": u}, KEY)  # JWT301
                self._encode({"sub": u}, KEY)  # JWT301
                self._plain({"sub": u})  # JWT301
                self._issue({"sub": u})  # JWT301
                self._lambda({"sub": u})  # JWT301
                self.handlers["jwt"]({"sub": u})  # JWT301
                Service._plain({"sub": u})  # JWT301
                type(self)._encode({"sub": u}, KEY)  # JWT301
                self.__class__._encode({"sub": u}, KEY)  # JWT301
    """,
    "A23 partial": """
        import functools
        from functools import partial
        sign = functools.partial(jwt.encode, key=KEY, algorithm="HS256")
        def f(u):
            sign({"sub": u})  # JWT301
            sign(payload={"sub": u})  # JWT301
            sign({"sub": u, "exp": soon})
            partial(jwt.encode, {"sub": u})(KEY)  # JWT301
        class Service:
            sign = partial(jwt.encode, key=KEY)
            def f(self, u):
                self.sign({"sub": u})  # JWT301
    """,
    "A24 names of the function": """
        encode = jwt.encode
        def f(u):
            encode({"sub": u}, KEY)  # JWT301
            sign = jwt.encode
            return sign({"sub": u}, KEY)  # JWT301
    """,
    "A24 getattr": """
        class Service:
            def __init__(self):
                self._jwt = jwt
            def f(self, u):
                getattr(jwt, "encode")({"sub": u}, KEY)  # JWT301
                getattr(self, "_jwt").encode({"sub": u}, KEY)  # JWT301
                getattr(self._jwt, "encode", None)({"sub": u}, KEY)  # JWT301
    """,
    "A24 modules by name": """
        import importlib
        from importlib import import_module
        library = importlib.import_module("jwt")
        def f(u):
            importlib.import_module("jwt").encode({"sub": u}, KEY)  # JWT301
            import_module("jwt").encode({"sub": u}, KEY)  # JWT301
            __import__("jwt").encode({"sub": u}, KEY)  # JWT301
            library.encode({"sub": u}, KEY)  # JWT301
    """,
    "A24 the module as a value": """
        def f(u, library=jwt):
            library.encode({"sub": u}, KEY)  # JWT301
        def g(library, u):
            library.encode({"sub": u}, KEY)  # JWT301
        g(jwt, "u")
        class Service:
            library = jwt
            def f(self, u):
                self.library.encode({"sub": u}, KEY)  # JWT301
    """,
}

DECORATORS = {
    "wraps": """
        import functools
        def traced(function):
            @functools.wraps(function)
            def wrapper(*args, **kwargs):
                print("called")
                return function(*args, **kwargs)
            return wrapper
        @traced
        def issue(claims):
            return jwt.encode(claims, KEY)
        def f(u):
            issue({"sub": u, "exp": soon})
            issue({"sub": u})  # JWT301
            issue(claims={"sub": u})  # JWT301
    """,
    "wraps, with arguments, async, on a method": """
        from functools import wraps
        def retried(times):
            def decorate(function):
                @wraps(function)
                async def wrapper(self, *args, **kwargs):
                    for _ in range(times):
                        try:
                            return await function(self, *args, **kwargs)
                        except ValueError:
                            continue
                    return None
                return wrapper
            return decorate
        class Service:
            @retried(3)
            async def issue(self, claims):
                return jwt.encode(claims, KEY)
            async def f(self, u):
                await self.issue({"sub": u, "exp": soon})
                await self.issue({"sub": u})  # JWT301
    """,
    "a wrapper adds what is missing": """
        import functools
        def with_expiry(function):
            @functools.wraps(function)
            def wrapper(claims):
                return function({**claims, "exp": soon})
            return wrapper
        @with_expiry
        def issue(claims):
            return jwt.encode(claims, KEY)
        def f(u):
            issue({"sub": u})
    """,
    "a decorator as a class": """
        class Traced:
            def __init__(self, function):
                self.function = function
            def __call__(self, *args, **kwargs):
                return self.function(*args, **kwargs)
        @Traced
        def issue(claims):
            return jwt.encode(claims, KEY)
        def f(u):
            issue({"sub": u})  # JWT301
            issue({"sub": u, "exp": soon})
    """,
    "decorators that keep the function": """
        import functools
        from functools import lru_cache, cache
        from tenacity import retry, stop_after_attempt
        from app import app, login_required
        @lru_cache
        def a(u):
            return {"sub": u}
        @lru_cache(maxsize=None)
        def b(u):
            return {"sub": u}
        @cache
        def c(u):
            return {"sub": u}
        @app.route("/token")
        @login_required
        def d(u):
            return {"sub": u}
        @retry(stop=stop_after_attempt(3))
        def e(u):
            return {"sub": u}
        def f(u):
            jwt.encode(a(u), KEY)  # JWT301
            jwt.encode(b(u), KEY)  # JWT301
            jwt.encode(c(u), KEY)  # JWT301
            jwt.encode(d(u), KEY)  # JWT301
            jwt.encode(e(u), KEY)  # JWT301
    """,
    "a decorator that registers": """
        HANDLERS = {}
        def handler(name):
            def decorate(function):
                HANDLERS[name] = function
                return function
            return decorate
        @handler("jwt")
        def issue(claims):
            return jwt.encode(claims, KEY)
        def f(u):
            issue({"sub": u})  # JWT301
            issue({"sub": u, "exp": soon})
    """,
    "a decorator of the project that checks the token": """
        from functools import wraps
        def token_required(function):
            @wraps(function)
            def wrapper(request, *args, **kwargs):
                token = request.headers["Authorization"]
                claims = jwt.decode(token, options={"verify_signature": False})  # JWT102
                return function(request, claims["sub"], *args, **kwargs)
            return wrapper
        @token_required
        def view(request, user):
            return {"user": user}
    """,
    "contextmanager": """
        from contextlib import contextmanager, asynccontextmanager
        @contextmanager
        def claims(u):
            made = {"sub": u}
            print("begin")
            yield made
        @asynccontextmanager
        async def more(u):
            try:
                yield {"sub": u}
            finally:
                print("done")
        def f(u):
            with claims(u) as payload:
                jwt.encode(payload, KEY)  # JWT301
        async def g(u):
            async with more(u) as payload:
                jwt.encode(payload, KEY)  # JWT301
    """,
    "context managers of the project": """
        class Session:
            def __enter__(self):
                return {"sub": "u"}
            def __exit__(self, *error):
                return None
        class Self:
            claims = {"sub": "u"}
            def __enter__(self):
                return self
            def __exit__(self, *error):
                return None
        def f():
            with Session() as claims:
                jwt.encode(claims, KEY)  # JWT301
            with Self() as it:
                jwt.encode(it.claims, KEY)  # JWT301
    """,
    "properties": """
        from functools import cached_property
        class Service:
            def __init__(self, u):
                self.u = u
            @property
            def claims(self):
                return {"sub": self.u}
            @cached_property
            def more(self):
                return {"sub": self.u}
            def f(self):
                jwt.encode(self.claims, KEY)  # JWT301
                jwt.encode(self.more, KEY)  # JWT301
    """,
    "class decorators": """
        from app import register
        def decorate(cls):
            cls.extra = 1
            return cls
        @decorate
        @register("service")
        class Service:
            def issue(self, claims):
                return jwt.encode(claims, KEY)
        def f(u):
            Service().issue({"sub": u})  # JWT301
    """,
}

GENERATORS = {
    "a generator of claims": """
        def every(users):
            for u in users:
                yield {"sub": u}
        def f(users):
            for claims in every(users):
                jwt.encode(claims, KEY)  # JWT301
            jwt.encode(next(every(users)), KEY)  # JWT301
            first = next(iter(every(users)), None)
            jwt.encode(first, KEY)  # JWT301
            return [jwt.encode(claims, KEY) for claims in every(users)]  # JWT301
    """,
    "a generator that sets an expiry": """
        def every(users):
            for u in users:
                claims = {"sub": u}
                claims["exp"] = soon
                yield claims
        def f(users):
            for claims in every(users):
                jwt.encode(claims, KEY)
    """,
    "the caller sets the expiry": """
        def every(users):
            for u in users:
                yield {"sub": u}
        def f(users):
            for claims in every(users):
                claims["exp"] = soon
                jwt.encode(claims, KEY)
    """,
    "a generator that changes what it has yielded": """
        def every(users):
            for u in users:
                claims = {"sub": u}
                yield claims
                claims["exp"] = soon
        def f(users):
            for claims in list(every(users)):
                jwt.encode(claims, KEY)
    """,
    "a generator that hands another one on": """
        def inner():
            yield {"sub": 1}
        def outer():
            yield from inner()
            yield {"sub": 2, "exp": soon}
        def f():
            for claims in outer():
                jwt.encode(claims, KEY)  # JWT301
    """,
    "asynchronous generators": """
        async def every(users):
            async for u in users:
                yield {"sub": u}
        async def f(users):
            async for claims in every(users):
                jwt.encode(claims, KEY)  # JWT301
            jwt.encode(await anext(every(users)), KEY)  # JWT301
            return [jwt.encode(claims, KEY) async for claims in every(users)]  # JWT301
    """,
    "tokens that are yielded and read": """
        def tokens(request):
            yield request.cookies["token"]
            yield request.headers["token"]
        def f(request):
            for t in tokens(request):
                jwt.decode(t, options={"verify_signature": False})["sub"]  # JWT102
    """,
}

ARGUMENTS = {
    "A12 a payload of the caller": """
        def issue(payload):
            return jwt.encode(payload, KEY)
        def f(u):
            issue({"sub": u})  # JWT301
            issue({"sub": u, "exp": soon})
            issue(payload={"sub": u})  # JWT301
    """,
    "A12 without a caller": """
        def issue(payload):
            return jwt.encode(payload, KEY)
    """,
    "A12 async, lambda, nested": """
        async def issue(payload):
            return jwt.encode(payload, KEY)
        sign = lambda payload: jwt.encode(payload, KEY)
        async def f(u):
            def inner(payload):
                return jwt.encode(payload, KEY)
            await issue({"sub": u})  # JWT301
            sign({"sub": u})  # JWT301
            inner({"sub": u})  # JWT301
    """,
    "A13 methods": """
        class Service:
            def issue(self, payload):
                return jwt.encode(payload, KEY)
            @staticmethod
            def issue_static(payload):
                return jwt.encode(payload, KEY)
            @classmethod
            def issue_class(cls, payload):
                return jwt.encode(payload, KEY)
            def f(self, u):
                self.issue({"sub": u})  # JWT301
                self.issue_static({"sub": u})  # JWT301
                self.issue_class({"sub": u})  # JWT301
                self.issue({"sub": u, "exp": soon})
        service = Service()
        def f(u):
            service.issue({"sub": u})  # JWT301
            Service().issue(payload={"sub": u})  # JWT301
            Service.issue(service, {"sub": u})  # JWT301
            Service.issue_static({"sub": u})  # JWT301
            Service.issue_class({"sub": u})  # JWT301
            bound = service.issue
            bound({"sub": u})  # JWT301
    """,
    "A13 two levels": """
        def sign(payload):
            return jwt.encode(payload, KEY)
        def issue(payload):
            return sign(payload)
        def f(u):
            issue({"sub": u})  # JWT301
            issue({"sub": u, "exp": soon})
    """,
    "A14 claims that a function makes": """
        def claims(u):
            return {"sub": u}
        async def more(u):
            return {"sub": u}
        def full(u):
            return {**claims(u), "exp": soon}
        async def f(u):
            jwt.encode(claims(u), KEY)  # JWT301
            jwt.encode(await more(u), KEY)  # JWT301
            jwt.encode(full(u), KEY)
            made = claims(u)
            jwt.encode(made, KEY)  # JWT301
            made["exp"] = soon
            jwt.encode(made, KEY)
    """,
    "A15 claims on self": """
        class Service:
            defaults = {"iss": "me"}
            def __init__(self, u):
                self.claims = {"sub": u}
            def f(self):
                jwt.encode(self.claims, KEY)  # JWT301
                jwt.encode(self.defaults, KEY)  # JWT301
                jwt.encode({**self.claims, "exp": soon}, KEY)
    """,
    "A17 keyword arguments as claims": """
        def issue(**claims):
            return jwt.encode(claims, KEY)
        def f(u, more):
            issue(sub=u)  # JWT301
            issue(sub=u, exp=soon)
            issue(**{"sub": u})  # JWT301
            issue(**more)
            issue(**{"sub": u, **more})
    """,
    "arguments handed through": """
        def sign(*args, **kwargs):
            return jwt.encode(*args, **kwargs)
        def issue(*args, **kwargs):
            kwargs.setdefault("algorithm", "HS256")
            return sign(*args, **kwargs)
        def f(u):
            sign({"sub": u}, KEY)  # JWT301
            issue({"sub": u}, key=KEY)  # JWT301
            issue(payload={"sub": u}, key=KEY)  # JWT301
            issue({"sub": u, "exp": soon}, KEY)
    """,
    "A28 dropped on one path": """
        def f(u, forever):
            to_encode = {"sub": u, "exp": soon}
            if forever:
                to_encode.pop("exp", None)
            jwt.encode(to_encode, KEY)  # JWT301
            payload = {"sub": u, "exp": soon}
            if forever:
                del payload["exp"]
            jwt.encode(payload, KEY)  # JWT301
    """,
    "A28 dropped in a helper": """
        def strip(payload):
            payload.pop("exp", None)
            return payload
        def f(u):
            jwt.encode(strip({"sub": u, "exp": soon}), KEY)  # JWT301
    """,
}

SHAPES = {**HANDED_ON, **TABLES, **DECORATORS, **GENERATORS, **ARGUMENTS}


@pytest.mark.parametrize("code", SHAPES.values(), ids=SHAPES)
def test_shape(code: str) -> None:
    verify(code)


def test_dropped_on_one_path_is_of_medium_confidence() -> None:
    assert confidences(SHAPES["A28 dropped on one path"], "JWT301") == ["medium", "medium"]
