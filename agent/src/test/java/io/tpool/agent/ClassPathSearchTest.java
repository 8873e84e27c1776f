package io.tpool.agent;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ClassPathSearchTest {
    @Test
    void classes_are_found_in_directories_and_jars_of_the_class_path_and_in_the_jdk() {
        assertTrue(ClassPathSearch.finds("io/tpool/agent/ClassPathSearchTest"));
        assertTrue(ClassPathSearch.finds("org/junit/jupiter/api/Test"));
        assertTrue(ClassPathSearch.finds("java/sql/Statement"));
    }

    @Test
    void a_class_that_is_nowhere_is_not_found() {
        assertFalse(ClassPathSearch.finds("io/tpool/agent/Nowhere"));
        assertFalse(ClassPathSearch.finds("java/sql/Nowhere"));
    }
}
