import TestSupport
import Testing

@testable import PortrunBase

struct ServiceKindTests {
    @Test(
        arguments: [
            ("postgres", .postgres), ("postgresql", .postgres), ("my-postgres", .postgres),
            ("POSTGRES", .postgres),
            ("mysql", .mysql), ("mariadb", .mysql), ("redis", .redis), ("redis_cache", .redis),
            ("mongo", .mongodb),
            ("mongodb", .mongodb), ("elasticsearch", .elasticsearch), ("meilisearch", .meilisearch),
            ("rabbitmq", .rabbitmq),
            ("kafka", .kafka), ("web", .web), ("apps-web", .web), ("debug", .debug), ("api", .other),
            ("db", .other),
            ("postgres-exporter", .other), ("mongo-express", .other), ("redis-commander", .other),
            ("webpack", .other),
            ("postgresish", .other), ("データ", .other),
        ] as [(String, ServiceKind)])
    func followsFromTheName(_ name: String, kind: ServiceKind) {
        #expect(ServiceKind(service: name) == kind)
    }

    @Test(
        arguments: [
            ("db", "postgres:17-alpine", .postgres), ("db", "docker.io/bitnami/postgresql:16", .postgres),
            ("db", "registry.example.org:5000/team/mysql@sha256:0123", .mysql),
            ("db", "postgis/postgis", .postgres),
            ("db", "pgvector/pgvector:pg17", .postgres),
            ("db", "timescale/timescaledb:latest-pg17", .postgres),
            ("cache", "valkey/valkey:8", .redis), ("redis", "postgres", .postgres),
            ("redis", "company/app:redis", .redis),
            ("search", "opensearchproject/opensearch", .elasticsearch),
            ("queue", "redpandadata/redpanda", .kafka),
            ("db", "mongo-express", .other), ("db", "redis/app:1", .other), ("db", "", .other),
            ("db", "/", .other),
            ("redis", "redis/redisinsight", .redis), ("web", "nginx", .web),
        ] as [(String, String, ServiceKind)])
    func followsFromTheImageFirst(_ name: String, image: String, kind: ServiceKind) {
        #expect(ServiceKind(service: name, image: image) == kind)
    }

    @Test func everyRangeIsOutsideWhatNobodyMayBook() {
        for kind in ServiceKind.allCases {
            #expect(!kind.defaultRange.first.isPrivileged)
            #expect(kind.defaultRange.last.number < 32768, "below Linux's ephemeral ports")
        }
    }

    @Test(arguments: [
        ("db", 5433, ServiceKind.postgres), ("redis", 5433, .redis), ("app", 3101, .web), ("x", 9093, .kafka),
        ("x", 8000, .other), ("x", 10000, .other),
    ])
    func isThatOfItsNumberWhereTheNameSaysNothing(_ name: String, _ port: Int, _ kind: ServiceKind) throws {
        #expect(ServiceKind(service: name, on: try #require(Port(port))) == kind)
    }
}
