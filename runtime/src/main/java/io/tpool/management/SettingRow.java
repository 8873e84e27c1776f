package io.tpool.management;

/**
 * A setting in force.
 *
 * @since 1.0
 */
public final class SettingRow {
    private final String key;
    private final String value;
    private final String source;

    /**
     * A row.
     *
     * @param key as in {@code agent.properties}
     * @param value in force, empty if there is none
     * @param source where it comes from
     */
    public SettingRow(String key, String value, String source) {
        this.key = key;
        this.value = value;
        this.source = source;
    }

    /**
     * The key.
     *
     * @return as in {@code agent.properties}
     */
    public String getKey() {
        return key;
    }

    /**
     * The value in force.
     *
     * @return empty if there is none
     */
    public String getValue() {
        return value;
    }

    /**
     * Where the value comes from.
     *
     * @return a file with its line, an argument, a system property, an environment variable, or {@code default}
     */
    public String getSource() {
        return source;
    }
}
