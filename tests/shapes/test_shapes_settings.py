"""SHAPES C5, C18 and D16: settings that packages, ini files and command lines give."""

from __future__ import annotations

import pytest
from shape_programs import verify

PRELUDE = """\
import argparse, configparser, os, jwt
def p():
    import time
    return {"sub": "u", "exp": int(time.time()) + 60}
"""

INI_FILES = {
    "a text": '''
        cfg = configparser.ConfigParser()
        cfg.read_string("""  # JWT501
        [jwt]
        secret = dev
        """)
        jwt.encode(p(), cfg["jwt"]["secret"])
        jwt.encode(p(), cfg.get("jwt", "Secret"))
    ''',
    "a text that refers to other settings": '''
        cfg = configparser.ConfigParser()
        cfg.read_string("""
        [jwt]
        secret = %(other)s
        """)
        jwt.encode(p(), cfg["jwt"]["secret"])
        jwt.encode(p(), cfg["jwt"]["other"])
    ''',
    "dicts and defaults": """
        cfg = configparser.ConfigParser({"third": "dev"})  # JWT501
        cfg.read_dict({
            "jwt": {"secret": "dev"},  # JWT501
            "DEFAULT": {"second": "dev"},  # JWT501
        })
        jwt.encode(p(), cfg["jwt"]["secret"])
        jwt.encode(p(), cfg["jwt"]["second"])
        jwt.encode(p(), cfg.get("jwt", "third"))
    """,
    "a file after the defaults": """
        cfg = configparser.ConfigParser()
        cfg.read_dict({"jwt": {"secret": "dev"}})  # JWT502
        cfg.read("app.ini")
        jwt.encode(p(), cfg["jwt"]["secret"])
    """,
    "a file and a fallback": """
        cfg = configparser.ConfigParser()
        cfg.read("app.ini")
        jwt.encode(p(), cfg.get("jwt", "secret", fallback="dev"))  # JWT502
        jwt.encode(p(), cfg["jwt"].get("secret", "dev"))  # JWT502
        jwt.encode(p(), cfg["jwt"].get("secret", fallback="dev"))  # JWT502
        jwt.encode(p(), cfg["jwt"]["secret"])
        jwt.encode(p(), cfg.get("jwt", "secret"))
    """,
}

PACKAGES = {
    "decouple": """
        from decouple import AutoConfig, Config, Csv, RepositoryEnv, config
        own = AutoConfig(search_path="x")
        def f(t, key):
            jwt.encode(p(), config("S", default="dev"))  # JWT502
            jwt.encode(p(), config("S", "dev"))  # JWT502
            jwt.encode(p(), config("S", cast=str, default="dev"))  # JWT502
            jwt.encode(p(), own("S", default="dev"))  # JWT502
            jwt.encode(p(), Config(RepositoryEnv(".env")).get("S", "dev"))  # JWT502
            jwt.encode(p(), config("S"))
            jwt.decode(t, key, algorithms=config("A", default="HS256,RS256", cast=Csv()))  # JWT105
            jwt.decode(t, key, algorithms=config("A", default="HS256,RS256", cast=lambda v: v.split(",")))  # JWT105
            jwt.decode(t, key, algorithms=config("A", default="HS256", cast=Csv()))
    """,
    "environs": """
        import environs
        from environs import Env, env as ready
        env = Env()
        env.read_env()
        def f(t, key):
            jwt.encode(p(), env("S", "dev"))  # JWT502
            jwt.encode(p(), env("S", default="dev"))  # JWT502
            jwt.encode(p(), env.str("S", "dev"))  # JWT502
            jwt.encode(p(), environs.Env().str("S", default="dev"))  # JWT502
            jwt.encode(p(), ready.str("S", default="dev"))  # JWT502
            with env.prefixed("APP_"):
                jwt.encode(p(), env.str("S", default="dev"))  # JWT502
            jwt.encode(p(), env.str("S"))
            jwt.decode(t, key, algorithms=env.list("A", ["HS256", "RS256"]))  # JWT105
    """,
    "django-environ": """
        import environ
        env = environ.Env(
            S=(str, "dev"),  # JWT502
            DEBUG=(bool, False),
            Z=str,
        )
        environ.Env.read_env(".env")
        jwt.encode(p(), env("S"))
        jwt.encode(p(), env("X", default="dev"))  # JWT502
        jwt.encode(p(), env("X", str, "dev"))  # JWT502
        jwt.encode(p(), env.str("X", "dev"))  # JWT502
        jwt.encode(p(), env("Z"))
        jwt.encode(p(), env("X"))
    """,
    "Starlette": """
        from starlette.config import Config
        from starlette.datastructures import CommaSeparatedStrings, Secret
        config = Config(".env")
        def f(t, key):
            jwt.encode(p(), config("S", default="dev"))  # JWT502
            jwt.encode(p(), config("S", str, "dev"))  # JWT502
            jwt.encode(p(), str(config("S", cast=Secret, default="dev")))  # JWT502
            jwt.encode(p(), str(config("S", cast=Secret)))
            jwt.decode(t, key, algorithms=config("A", cast=CommaSeparatedStrings, default="HS256, RS256"))  # JWT105
    """,
    "dynaconf": """
        from dynaconf import Dynaconf, Validator, settings as legacy
        settings = Dynaconf(
            envvar_prefix="X",
            S="dev",  # JWT502
            validators=[
                Validator("T", must_exist=True),
                Validator("V", default="dev"),  # JWT502
            ],
        )
        jwt.encode(p(), settings.S)
        jwt.encode(p(), settings["S"])
        jwt.encode(p(), settings.get("S"))
        jwt.encode(p(), settings.T)
        jwt.encode(p(), settings.V)
        jwt.encode(p(), settings.OTHER)
        jwt.encode(p(), settings.get("X", "dev"))  # JWT502
        jwt.encode(p(), legacy.get("X", "dev"))  # JWT502
        jwt.encode(p(), legacy.X)
    """,
}

COMMAND_LINES = {
    "C18 argparse": """
        def main():
            parser = argparse.ArgumentParser()
            parser.add_argument("--secret", default="literal")  # JWT502
            parser.add_argument("-k", "--jwt-key", type=str, default="literal", help="x")  # JWT502
            parser.add_argument("--other", dest="third", default=os.environ.get("S", "dev"))  # JWT502
            parser.add_argument_group("x").add_argument("--grouped", default="literal")  # JWT502
            parser.add_argument("--none")
            parser.add_argument("--needed", required=True)
            args = parser.parse_args()
            jwt.encode(p(), args.secret)
            jwt.encode(p(), args.jwt_key)
            jwt.encode(p(), args.third)
            jwt.encode(p(), args.grouped)
            jwt.encode(p(), args.none)
            jwt.encode(p(), args.needed)
            jwt.encode(p(), args.none or "dev")  # JWT502
            jwt.encode(p(), vars(args)["secret"])
    """,
    "C18 argparse, handed on": """
        def options():
            parser = argparse.ArgumentParser()
            parser.add_argument("--secret", default="literal")  # JWT502
            return parser.parse_args()
        def sign(args):
            return jwt.encode(p(), args.secret)
        def main():
            sign(options())
        def other():
            parser = argparse.ArgumentParser()
            sub = parser.add_subparsers().add_parser("x")
            sub.add_argument("--secret")
            sub.set_defaults(secret="other")  # JWT502
            args, rest = parser.parse_known_args()
            sign(args)
    """,
    "C18 click": """
        import click
        shared = click.option("--shared", default="x")  # JWT502
        @click.command()
        @click.option("--secret", default="x", envvar="S")  # JWT502
        @click.option("-k", "--jwt-key", default="x")  # JWT502
        @click.option("-a", "--alpha", "renamed", default="y")  # JWT502
        @click.option("--made", default=lambda: os.environ.get("S", "dev"))  # JWT502
        @click.option("--nothing")
        @click.option("--needed", required=True)
        @click.argument("arg", default="z")  # JWT502
        @shared
        def main(secret, jwt_key, renamed, made, nothing, needed, arg, shared):
            for key in (secret, jwt_key, renamed, made, nothing, needed, arg, shared):
                jwt.encode(p(), key)
        if __name__ == "__main__":
            main()
    """,
    "C18 typer": """
        import typer
        app = typer.Typer()
        @app.command()
        def main(
            secret: str = typer.Option("x"),  # JWT502
            other: str = typer.Option("y", envvar="Y"),  # JWT502
            needed: str = typer.Option(...),
            third: str = typer.Argument("z"),  # JWT502
        ):
            jwt.encode(p(), secret)
            jwt.encode(p(), other)
            jwt.encode(p(), needed)
            jwt.encode(p(), third)
    """,
}

SHAPES = {
    **{f"configparser, {name}": code for name, code in INI_FILES.items()},
    **PACKAGES,
    **COMMAND_LINES,
}


@pytest.mark.parametrize("code", SHAPES.values(), ids=SHAPES)
def test_shape(code: str) -> None:
    verify(code, PRELUDE)
