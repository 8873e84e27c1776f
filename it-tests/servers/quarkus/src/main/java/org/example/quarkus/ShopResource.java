// SPDX-License-Identifier: Apache-2.0
package org.example.quarkus;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.sql.SQLException;
import org.example.shop.Shop;

/**
 * The shop on Quarkus.
 *
 * @since 1.0
 */
@Singleton
@Path("/")
@RunOnVirtualThread
public class ShopResource {
    private final Shop shop = new Shop(Shop.pool());

    /**
     * Tells whether the server answers.
     *
     * @return what a monitoring system likes to hear
     */
    @GET
    @Path("health")
    public String health() {
        return Thread.currentThread().isVirtual() ? "up" : "not on a virtual thread";
    }

    /**
     * Takes an order.
     *
     * @return a word for the customer
     * @throws SQLException if the order cannot be written
     */
    @POST
    @Path("orders")
    public String order() throws SQLException {
        return shop.order();
    }

    /**
     * Makes a report.
     *
     * @return what was sold
     * @throws SQLException if the sales cannot be read
     */
    @GET
    @Path("reports")
    public String report() throws SQLException {
        return shop.report();
    }
}
