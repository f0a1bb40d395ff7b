# jwt-sast and git, which `--diff` asks, and nothing else. See docs/docker.md.
FROM python:3.13-alpine AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY jwt_sast jwt_sast
COPY checks checks
RUN python -m venv /opt/jwt-sast
RUN /opt/jwt-sast/bin/pip install --no-cache-dir --disable-pip-version-check .

FROM python:3.13-alpine
RUN apk add --no-cache git
COPY --from=build /opt/jwt-sast /opt/jwt-sast
ENV PATH=/opt/jwt-sast/bin:$PATH PYTHONDONTWRITEBYTECODE=1
# By its number, so that a cluster can see that it is not root.
USER 65534:65534
WORKDIR /code
ENTRYPOINT ["jwt-sast"]
CMD ["check", "."]
