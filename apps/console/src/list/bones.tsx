/** Skeleton rows of the right size. */
export function Bones() {
  return (
    <div aria-hidden="true">
      {[62, 48, 70, 55, 40].map((width) => (
        <div className="row" key={width}>
          <span className="row-bar" />
          <span className="avatar bone" />
          <span className="bone" style={{ height: 12, width: `${width}%`, alignSelf: 'center' }} />
          <span />
          <span className="bone" style={{ height: 10, width: `${width + 20}%`, alignSelf: 'center' }} />
        </div>
      ))}
    </div>
  );
}
