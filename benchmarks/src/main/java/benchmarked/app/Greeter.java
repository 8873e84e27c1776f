package benchmarked.app;

/** What a pattern with {@code +} names. */
interface Greeter {
    String greeting();
}
