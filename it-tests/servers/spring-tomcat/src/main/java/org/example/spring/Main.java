// SPDX-License-Identifier: Apache-2.0
package org.example.spring;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.example.shop.Shop;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The shop on Spring Boot.
 *
 * @since 1.0
 */
@SpringBootApplication
@RestController
public class Main {
    private final Shop shop;

    Main(DataSource source) {
        shop = new Shop(source);
    }

    /**
     * Starts it.
     *
     * @param args for Spring
     */
    public static void main(String[] args) {
        SpringApplication.run(Main.class, args);
    }

    @GetMapping("/health")
    String health() {
        return Thread.currentThread().isVirtual() ? "up" : "not on a virtual thread";
    }

    @PostMapping("/orders")
    String order() throws SQLException {
        return shop.order();
    }

    @GetMapping("/reports")
    String report() throws SQLException {
        return shop.report();
    }
}
