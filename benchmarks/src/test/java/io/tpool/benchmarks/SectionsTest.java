// SPDX-License-Identifier: Apache-2.0
package io.tpool.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SectionsTest {
    @TempDir
    private Path directory;

    @Test
    void rowsAreWellFormed() throws Exception {
        List<Row> rows = Sections.of(bench(Scale.FULL), Set.of());
        Set<String> titles = new HashSet<>();
        for (Row row : rows) {
            assertTrue(titles.add(row.title()), row::title);
            assertTrue(row.metrics().contains(row.plotted()), row::title);
            assertTrue(row.cases().stream().anyMatch(each -> each.rival() == row.reference()), row::title);
            EnumSet<Rival> rivals = EnumSet.noneOf(Rival.class);
            row.cases().forEach(each -> assertTrue(rivals.add(each.rival()), row.title() + ": " + each.rival()));
        }
        assertEquals(Sections.names(), rows.stream().map(Row::section).collect(Collectors.toSet()));
    }

    @Test
    void whoAsksForASectionGetsOnlyThat() throws Exception {
        assertEquals(1, Sections.of(bench(Scale.SMALLEST), Set.of("hogs")).size());
    }

    @Test
    void whoAsksForASectionThatIsNotThereIsTold() {
        String message = assertThrows(IllegalArgumentException.class,
            () -> Sections.of(bench(Scale.SHORT), Set.of("hogs", "dogs"))).getMessage();
        assertTrue(message.startsWith("no such section: [dogs]; there are [call, hop, "), message);
    }

    private Bench bench(Scale scale) {
        return new Bench(scale, directory.resolve("tpool-agent.jar"), directory);
    }
}
