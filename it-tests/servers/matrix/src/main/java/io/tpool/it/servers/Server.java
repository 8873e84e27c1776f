// SPDX-License-Identifier: Apache-2.0
package io.tpool.it.servers;

import java.util.List;

/**
 * One of the servers.
 *
 * @param name of its folder
 * @param title as the table writes it
 * @param jar what its users start, from its folder
 */
record Server(String name, String title, String jar) {
    static final List<Server> ALL = List.of(
        new Server("spring-tomcat", "Spring Boot 4.1, Tomcat", "target/spring-tomcat.jar"),
        new Server("spring-jetty", "Spring Boot 4.1, Jetty", "target/spring-jetty.jar"),
        new Server("spring-undertow", "Spring Boot 3.5, Undertow", "target/spring-undertow.jar"),
        new Server("helidon", "Helidon SE 4.1", "target/helidon.jar"),
        new Server("quarkus", "Quarkus 3.38", "target/quarkus-app/quarkus-run.jar"),
        new Server("micronaut", "Micronaut 4.10", "target/micronaut.jar"));
}
