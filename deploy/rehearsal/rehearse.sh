#!/bin/sh
# Runs the stack with its demo site, harms it, and says whether it comes back. For a machine where docker runs and the stack
# does not: it begins with a new stack and deletes it, volumes included, at the end.
#   sh deploy/rehearsal/rehearse.sh
set -eu
cd "$(dirname "$0")/../.."
export WIREROOM_ALLOW_PRIVATE=true

compose() { docker compose --ansi never --profile demo "$@"; }
articles() { compose exec -T sink wireroom status --json | sed 's/.*"articles":\([0-9]*\).*/\1/'; }
# What compose says is shown where it fails.
log=$(mktemp)
trap 'code=$?; [ "$code" = 0 ] || tail -n 20 "$log"; rm -f "$log"' EXIT
say() { echo "$(date +%H:%M:%S) $*"; }

# Waits until $1 more articles are stored than at the call; fails after two minutes.
more() {
    want=$(($(articles) + $1))
    for _ in $(seq 120); do
        now=$(articles || echo 0)
        if [ "${now:-0}" -ge "$want" ]; then
            say "$now articles are stored"
            return
        fi
        sleep 1
    done
    say "FAILED: $1 more articles were not stored in two minutes"
    compose ps --all
    exit 1
}

# Waits until the container of service $1 is healthy.
healthy() {
    for _ in $(seq 120); do
        if [ "$(docker inspect -f '{{.State.Running}} {{.State.Health.Status}}' "wireroom-$1-1")" = "true healthy" ]; then
            return
        fi
        sleep 1
    done
    say "FAILED: $1 is not healthy again after two minutes"
    exit 1
}

# Grafana has no Debian package to stand in for it: without its image the others are rehearsed alone.
services=$(compose config --services)
if ! docker image inspect "$(sed -n 's/^    image: \(grafana.*\)/\1/p' docker-compose.yml)" > /dev/null 2>&1; then
    services=$(echo "$services" | grep -vx grafana)
    say "there is no image of grafana: without it"
fi

say "up"
compose up --wait --quiet-pull $services > "$log" 2>&1
more 50
for service in discover fetch parse sink beat console prometheus redis postgres; do
    # From outside: after `docker kill` no container is started again.
    kill -9 "$(docker inspect -f '{{.State.Pid}}' "wireroom-$service-1")"
    sleep 1
    healthy "$service"
    say "$service was killed and is healthy again"
    more 5
done
compose restart redis > "$log" 2>&1
say "redis was restarted"
more 5
compose up --wait --scale fetch=4 --scale parse=4 $services > "$log" 2>&1
say "four of fetch and parse"
more 5
compose exec -T sink wireroom status
compose exec -T sink wireroom doctor
targets=$(compose exec -T prometheus wget -q -O - "http://127.0.0.1:9090/api/v1/targets?state=active")
down=$(echo "$targets" | grep -o '"health":"[a-z]*"' | grep -vc '"up"' || true)
say "Prometheus has $(echo "$targets" | grep -o '"health":"up"' | wc -l) targets up and $down not"
[ "$down" = 0 ]
compose stop beat fetch > "$log" 2>&1
leased=$(compose exec -T sink wireroom status --json | sed 's/.*"in_fetch":\([0-9]*\).*/\1/')
say "beat and fetch were stopped; $leased URLs are leased to nobody"
[ "$leased" = 0 ]
compose down --volumes > "$log" 2>&1
say "all of it held"
