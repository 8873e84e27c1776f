package benchmarked.crowd

import benchmarked.work.Work
import java.util.concurrent.atomic.AtomicInteger
import java.util.function.Consumer
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext

/** Callers that are coroutines; each call is made `withContext(Dispatchers.IO)`. */
class Coroutines(private val works: List<Work>, private val pace: Pace?) : Crowd {
    private val begun = AtomicInteger()

    override fun run(calls: Int, until: Long): Long {
        begun.set(0)
        return runBlocking(Dispatchers.Default) {
            works.map { async { calls(it, calls, until) } }.sumOf { it.await().toLong() }
        }
    }

    private suspend fun calls(work: Work, calls: Int, until: Long): Int {
        begun.incrementAndGet()
        var made = 0
        if (pace != null) {
            delay(pace.firstMillis().toLong())
        }
        while (made < calls && (until == Crowd.NEVER || System.nanoTime() < until)) {
            if (pace == null) {
                withContext(Dispatchers.IO) { work.direct() }
            } else {
                paced(work, pace)
            }
            made++
        }
        return made
    }

    private suspend fun paced(work: Work, pace: Pace) {
        val begin = System.nanoTime()
        withContext(Dispatchers.IO) { work.direct() }
        pace.took(System.nanoTime() - begin)
        delay(pace.millis().toLong())
    }

    override fun begun(): Int = begun.get()

    override fun close() = works.forEach { it.close() }

    companion object {
        /** Starts a coroutine that makes one call. */
        @JvmStatic
        fun start(work: Work, done: Consumer<Throwable?>) {
            CoroutineScope(Dispatchers.Default).launch {
                done.accept(runCatching { withContext(Dispatchers.IO) { work.direct() } }.exceptionOrNull())
            }
        }

        /** Starts a bystander on the dispatcher of the callers. */
        @JvmStatic
        fun startBystander(delays: Delays) {
            CoroutineScope(Dispatchers.Default).launch {
                while (!delays.done()) {
                    delay(delays.periodMillis().toLong())
                    delays.ticked()
                }
            }
        }
    }
}
