"""How each part is told about the others. What is written here stands, in words, in docs/scale.md."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NODES = ("db1", "db2", "db3")
WEBS = ("web1", "web2")
WORKERS = ("worker1", "worker2")
DATABASE = USER = "archive"
HOST = "127.0.0.1"
SITE = "archive.example"
"""The name of the site, which health checks must call it by."""
TTL, LOOP, RETRY = 20, 2, 5
"""Seconds: how long a primary that is not heard of stays primary, how often each node looks, how long it tries. 20 is
the least that Patroni takes."""
CHECK_EVERY, CHECKS_FAILED = 1, 2
"""Seconds between HAProxy's checks of a server, and after how many failures it is taken out."""
LARGEST_LAG = "16MB"
"""A replica that is further behind is asked nothing."""
WAIT_FOR_DATABASE = 5
"""Seconds that a request waits in PgBouncer for a database, at most."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Where everything listens, on loopback."""

    etcd: Mapping[str, int]
    peers: Mapping[str, int]
    postgres: Mapping[str, int]
    patroni: Mapping[str, int]
    web: Mapping[str, int]
    primary: int
    replicas: int
    site: int
    pooler: int
    store: int


def etcd_command(program: str, node: str, ports: Ports, folder: Path) -> list[str]:
    """Return the command of a node's member of etcd, which keeps who is the primary."""
    mine, peer = f"http://{HOST}:{ports.etcd[node]}", f"http://{HOST}:{ports.peers[node]}"
    members = ",".join(f"{name}=http://{HOST}:{port}" for name, port in ports.peers.items())
    options = {
        "name": node,
        "data-dir": str(folder / "etcd"),
        "listen-client-urls": mine,
        "advertise-client-urls": mine,
        "listen-peer-urls": peer,
        "initial-advertise-peer-urls": peer,
        "initial-cluster": members,
        "heartbeat-interval": "250",
        "election-timeout": "2500",
        "log-level": "error",
    }
    return [program, *(f"--{name}={value}" for name, value in options.items())]


def patroni_settings(node: str, ports: Ports, folder: Path, programs: Path, password: str) -> str:
    """Return a node's settings for Patroni: YAML, of which JSON is a part."""
    address = f"{HOST}:{ports.postgres[node]}"
    people = {
        name: {"username": user, "password": password}
        for name, user in (("superuser", "postgres"), ("replication", "replicator"), ("rewind", "rewinder"))
    }
    settings: dict[str, Any] = {
        "scope": "archive",
        "name": node,
        "restapi": {"listen": f"{HOST}:{ports.patroni[node]}", "connect_address": f"{HOST}:{ports.patroni[node]}"},
        "etcd3": {"hosts": [f"{HOST}:{port}" for port in ports.etcd.values()]},
        "bootstrap": {
            "dcs": {
                "ttl": TTL,
                "loop_wait": LOOP,
                "retry_timeout": RETRY,
                # What has been acknowledged stands on two machines.
                "synchronous_mode": True,
                "postgresql": {"use_pg_rewind": True, "parameters": {"max_connections": 100, "wal_keep_size": "128MB"}},
            },
            "initdb": [{"encoding": "UTF8"}, {"locale": "C"}, "data-checksums"],
        },
        "postgresql": {
            "listen": address,
            "connect_address": address,
            "data_dir": str(folder / "data"),
            "bin_dir": str(programs),
            "pgpass": str(folder / "pgpass"),
            "authentication": people,
            "basebackup": [{"checkpoint": "fast"}],
            "pg_hba": [f"host all all {HOST}/32 scram-sha-256", f"host replication all {HOST}/32 scram-sha-256"],
            "parameters": {
                "unix_socket_directories": str(folder),
                "password_encryption": "scram-sha-256",
                "shared_buffers": "64MB",
                # A reader's search on a replica is not cut off by what is tidied on the primary.
                "hot_standby_feedback": "on",
            },
        },
        "log": {"level": "WARNING"},
    }
    return json.dumps(settings, indent=1)


def haproxy_settings(ports: Ports) -> str:
    """Return HAProxy's settings: one way to the primary, one to the replicas, one to the webs."""
    check = f"inter {CHECK_EVERY}s fall {CHECKS_FAILED} rise 1"

    def databases(role: str) -> str:
        lines = [f"    server {node} {HOST}:{ports.postgres[node]} check port {ports.patroni[node]}" for node in NODES]
        # Whoever still speaks to one that is primary no more is cut off.
        servers = f"    default-server {check} on-marked-down shutdown-sessions"
        return "\n".join([f"    option httpchk OPTIONS {role}", "    http-check expect status 200", servers, *lines])

    webs = "\n".join(f"    server {web} {HOST}:{ports.web[web]} check" for web in WEBS)
    return f"""\
defaults
    timeout connect 3s
    timeout check 5s
    timeout client 1h
    timeout server 1h

listen primary
    mode tcp
    bind {HOST}:{ports.primary}
{databases("/primary")}

listen replicas
    mode tcp
    balance leastconn
    bind {HOST}:{ports.replicas}
{databases(f"/replica?lag={LARGEST_LAG}")}

listen site
    mode http
    bind {HOST}:{ports.site}
    timeout client 70s
    timeout server 70s
    balance roundrobin
    retries 3
    option redispatch 1
    retry-on conn-failure
    option httpchk
    http-check send meth GET uri /helse/ hdr Host {SITE}
    http-check expect status 200
    default-server {check}
{webs}
"""


def pgbouncer_settings(ports: Ports, folder: Path) -> str:
    """Return PgBouncer's settings: many requests share few sessions, each for one transaction."""
    return f"""\
[databases]
{DATABASE} = host={HOST} port={ports.primary} dbname={DATABASE}

[pgbouncer]
listen_addr = {HOST}
listen_port = {ports.pooler}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {folder / "users.txt"}
pool_mode = transaction
default_pool_size = 15
max_client_conn = 200
query_wait_timeout = {WAIT_FOR_DATABASE}
server_login_retry = 1
server_connect_timeout = 3
ignore_startup_parameters = extra_float_digits,options
"""


def environment_of_the_archive(
    ports: Ports, password: str, folder: Path, shared: Path, *, is_web: bool
) -> dict[str, str]:
    """Return what a web, a worker or a command must know: databases, store of files, and a data folder of its own."""

    def address(port: int) -> str:
        return f"postgresql://{USER}:{password}@{HOST}:{port}/{DATABASE}"

    return {
        "DATABASE_URL": address(ports.pooler if is_web else ports.primary),
        "DIRECT_DATABASE_URL": address(ports.primary),
        "SEARCH_DATABASE_URL": address(ports.replicas),
        "SEARCH_ENGINE": "postgres",
        "MEDIA_S3_BUCKET": DATABASE,
        "MEDIA_S3_ENDPOINT": f"http://{HOST}:{ports.store}",
        "MEDIA_S3_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "invented",
        "AWS_SECRET_ACCESS_KEY": "invented",
        "DATA_DIR": str(folder),
        "STATIC_DIR": str(shared / "static"),
        "SECRET_KEY": "only-for-this-" + password * 2,
        "ALLOWED_HOSTS": SITE,
        "SECURE": "0",
        "BACKUP_FOLDER": "none",
        "DEBUG": "0",
        "WEB_CONCURRENCY": "1",
    }


def all_ports(free: Sequence[int]) -> Ports:
    """Give everything a port of some free ones: 19 are needed."""
    given = iter(free)

    def each(names: Sequence[str]) -> dict[str, int]:
        return {name: next(given) for name in names}

    return Ports(each(NODES), each(NODES), each(NODES), each(NODES), each(WEBS), *(next(given) for _ in range(5)))
