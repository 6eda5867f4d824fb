/** A thread's skeleton: bubbles of the usual sizes. */
export function ThreadBones() {
  return (
    <div className="thread-bones" aria-hidden="true">
      {[42, 58, 30, 50].map((width, index) => (
        <span key={width} className="bone" style={{ width: `${width}%`, height: 38, alignSelf: index % 2 ? 'flex-end' : 'flex-start' }} />
      ))}
    </div>
  );
}
