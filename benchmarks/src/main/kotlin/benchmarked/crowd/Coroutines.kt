package benchmarked.crowd

import benchmarked.work.Work
import java.util.concurrent.atomic.AtomicInteger
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext

/** Callers that are coroutines; each call is made `withContext(Dispatchers.IO)`. */
class Coroutines(private val works: List<Work>) : Crowd {
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
        while (made < calls && (until == Crowd.NEVER || System.nanoTime() < until)) {
            withContext(Dispatchers.IO) { work.direct() }
            made++
        }
        return made
    }

    override fun begun(): Int = begun.get()

    override fun close() = works.forEach { it.close() }

    companion object {
        /** Starts a bystander on the dispatcher of the callers. */
        @JvmStatic
        fun startBystander(delays: Delays) {
            CoroutineScope(Dispatchers.Default).launch {
                while (!delays.done()) {
                    delay(Delays.PERIOD_MILLIS.toLong())
                    delays.ticked()
                }
            }
        }
    }
}
