package io.stallguard.probes;

/** A client, used in the ways in which apps use it. Shared by all jobs; any thread. */
public interface Probe {
  /**
   * Sends the job's request and reads the whole body.
   *
   * @throws Exception what the client threw, or told its callback
   */
  void run(Job job, Received received) throws Exception;
}
