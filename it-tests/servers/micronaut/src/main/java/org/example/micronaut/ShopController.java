// SPDX-License-Identifier: Apache-2.0
package org.example.micronaut;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.example.shop.Shop;

@Controller
@ExecuteOn(TaskExecutors.VIRTUAL)
class ShopController {
    private final Shop shop;

    ShopController(DataSource source) {
        shop = new Shop(source);
    }

    @Get(value = "/health", produces = "text/plain")
    String health() {
        return Thread.currentThread().isVirtual() ? "up" : "not on a virtual thread";
    }

    @Post(value = "/orders", produces = "text/plain")
    String order() throws SQLException {
        return shop.order();
    }

    @Get(value = "/reports", produces = "text/plain")
    String report() throws SQLException {
        return shop.report();
    }
}
