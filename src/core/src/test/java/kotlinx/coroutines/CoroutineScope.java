package kotlinx.coroutines;

/** Stands in for the scope of Kotlin's, of which the rest is not here. */
public interface CoroutineScope {
  Object getCoroutineContext();
}
