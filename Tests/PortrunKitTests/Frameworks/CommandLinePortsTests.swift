import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

struct CommandLinePortsTests {
    @Test(
        arguments: [
            ("next dev --port 3000", [3000]), ("next dev --port=3000", [3000]), ("next dev -p 3000", [3000]),
            ("next dev -p3000", [3000]), ("vite --port '3000'", [3000]), ("PORT=3000 node .", [3000]),
            ("HTTP_PORT=3000 API_PORT=3001 node .", [3000, 3001]), ("java -Dserver.port=3000 -jar x", [3000]),
            ("x --httpPort 3000", [3000]), ("x --http-port=3000", [3000]), ("x --server.port=3000", [3000]),
            ("docker run -p 8080:80 x", [8080]), ("docker run -p 127.0.0.1:8080:80 x", [8080]),
            ("manage.py runserver 0.0.0.0:8000", [8000]), ("x http://localhost:3000/x && x", [3000]),
            ("serve -l tcp://[::]:3000", [3000]), ("x --port ${PORT:-3000}", [3000]), ("x --port=${PORT-3000}", [3000]),
            ("a --port 3000 & b --port 3001", [3000, 3001]), ("a --port 3000; b --port 3000", [3000]),
            ("concurrently \"a -p 3000\" \"b -p 3001\"", [3000, 3001]),
            // What a known server is told.
            ("python manage.py runserver 8801", [8801]), ("./manage.py runserver", []),
            ("uv run python3 -m http.server -b :: 8083", [8083]), ("php -S [::]:8001", [8001]),
            ("gunicorn -b :8000 app", [8000]), ("next dev --host 10.0.0.1 -p 3000", [3000]),
            // What the container alone has is none.
            ("docker run --publish 8092:80 x", [8092]), ("docker run --publish=8092:80/tcp -p [::]:81:80 x", [8092]),
            ("sudo docker run -p ${PORT:-3000}:80 -e PORT=4000 x -p 5000", [3000]), ("podman run -p 8080 x", []),
            ("$(DOCKER) run -p 8080:80 x", [8080]), ("$DOCKER run --publish 8080:80 x", [8080]),
            ("docker run -p 8000-8010:80 -p 5353:53/udp x", []), ("docker-compose -p 3000 up", []),
            ("x --listen :8088", [8088]), ("x --listen=0.0.0.0:8088", [8088]), ("x -addr :8080", [8080]),
            ("x -bind 10.0.0.1:8080", [8080]), ("x -port 3000", [3000]),
            ("node --inspect=9333 --inspect-brk=0.0.0.0:9334 .", [9333, 9334]), ("node --inspect .", []),
            ("NODE_OPTIONS='--no-deprecation --inspect=9333' x", [9333]),
            ("NODE_OPTIONS=--inspect=9333 x", [9333]), ("x 'http://localhost:3000/?a=b' --y=[::]:3001", [3000, 3001]),
            ("x localhost:9092,localhost:9093", [9092, 9093]),
            ("sh -c 'x --port 3000 && ssh -p 2222 y'", [3000]),
            // What connects, or has nothing to do with ports.
            ("ssh -p 2222 deploy@prod", []), ("sudo ssh -p2222 x", []), ("rsync -e 'ssh -p 2223' a b:", []),
            ("psql -h db.example.com -p 5433", []), ("DB_PORT=5433 psql", []), ("mysql -P 3307 --port=3308", []),
            ("mkdir -p 2225", []), ("cp -p 8210 x", []), ("curl localhost:3000", []), ("npx wait-on tcp:4800", []),
            ("wait-on http://localhost:3000/x && x", []), ("echo open http://localhost:3000", []),
            ("nc -z localhost 5432 -p 4000", []), ("nc -lk -p 4000", [4000]), ("ncat --listen -p 4000", [4000]),
            ("until curl localhost:3000; do sleep 1; done", []), ("if x -p 3000; then ssh -p 3001 y; fi", [3000]),
            ("x --host db.example.com --port 3000", []), ("x --host=db.example.com -p 3000", []),
            ("x -h localhost -p 3000", [3000]), ("x --host 0.0.0.0 -p 3000", [3000]), ("x --host -p 3000", [3000]),
            ("x --host $HOST -p 3000", [3000]), ("poetry run ssh -p 2222 x", []),
            // What is none.
            ("x --port $PORT", []), ("x --support 3000", []), ("x --import=3000", []), ("mkdir -p 3000x", []),
            ("make -p 4", []), ("x --port 80", []), ("x --port 70000", []), ("x --port", []),
            ("x example.org:3000", []), ("x mylocalhost:3000", []), ("x --port $(cat port)", []),
            ("x \"$(ssh -p 2222 y)\"", []), ("x ' '", []), ("\"x -p 3000\"", []), ("x 3000", []), ("", []), ("-p", []),
            ("=", []), ("x http://db:5432", []),
        ] as [(String, [Port])])
    func finds(_ line: String, _ ports: [Port]) {
        #expect(CommandLinePorts(line).found.map(\.port) == ports)
    }
}
